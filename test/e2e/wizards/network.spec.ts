// The networking mode wizard on stored facts: each mode's path by keyboard, what is greyed, the test of reachability
// without machines, and nothing that was chosen is lost on the way.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/stored-labs.ts";
import { violations } from "../fixtures/violations.ts";

const path = (page: Page) => page.getByRole("figure", { name: "Path that is chosen" });

test("the path of each mode of a guest by keyboard; the choice stays over steps and a reload", async ({
  open,
}) => {
  const page = await open("/new/configurations/kvm/network");
  await page.getByRole("radio", { name: "virtio on a bridge" }).focus();
  await expect(path(page)).toContainText("Bridge tare-br0");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "macvtap" })).toBeChecked();
  await expect(path(page)).toContainText("macvtap on data0");
  await page.keyboard.press("ArrowRight");
  await expect(path(page)).toContainText("QEMU: TCP/IP in user space (slirp)");
  await expect(page.getByRole("radiogroup", { name: "vhost-net" })).toBeHidden();
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("radio", { name: "auto", exact: true }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "off", exact: true })).toBeChecked();
  const hops = path(page).getByRole("listitem");
  await expect(hops.filter({ hasText: "its event loop reads the packet" }).last()).toContainText(
    "user space",
  );
  await page.getByRole("combobox", { name: "Compare with the path of" }).click();
  await page.getByRole("option", { name: "Docker, NAT" }).click();
  await expect(page.getByRole("figure", { name: "Docker, NAT" })).toContainText("DNAT");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Alt+PageDown");
  await expect(page).toHaveURL(/storage$/);
  await page.keyboard.press("Alt+PageUp");
  await page.reload();
  await expect(page.getByRole("radio", { name: "macvtap" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "off", exact: true })).toBeChecked();
});

test.describe("in the dark, 800 px wide", () => {
  test.use({ colorScheme: "dark", viewport: { width: 800, height: 900 } });

  test("published ports, the daemon's proxy, both ends; a test without machines says why and loses nothing", async ({
    open,
  }) => {
    const page = await open("/new/configurations/docker-nat/network");
    await expect(page.getByRole("radiogroup", { name: "Userland proxy" })).toBeVisible();
    await expect(path(page)).toContainText("docker-proxy");
    await expect(page.getByRole("table", { name: "Ports" })).toContainText("6479/tcp");
    await expect(page.getByRole("table", { name: "Interfaces and offloads" })).toContainText("9000 bytes");
    await page.getByRole("radio", { name: "off", exact: true }).check();
    await expect(page.getByRole("table", { name: "Changes" })).toContainText("restarted");
    const reach = page.getByRole("region", { name: "Reachability" });
    await reach.getByRole("button", { name: "Test reachability" }).click();
    await expect(reach.getByRole("status")).toContainText(
      "2 of 2 steps failed. Tested less than a minute ago.",
    );
    await expect(reach.getByRole("alert").first()).toContainText("127.0.0.1");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(800);
    // The result is still there after another step.
    await page.keyboard.press("Alt+PageDown");
    await page.keyboard.press("Alt+PageUp");
    await expect(reach.getByRole("status")).toContainText("2 of 2 steps failed");
    await expect(page.getByRole("radio", { name: "off", exact: true })).toBeChecked();
  });
});

test("what a server does not have is greyed with the reason: vhost-net, pages of 1 GiB", async ({ open }) => {
  const page = await open("/new/configurations/kvm/network", "no-smt");
  await expect(page.getByRole("radio", { name: "on", exact: true })).toBeDisabled();
  await expect(page.getByText(/has no \/dev\/vhost-net: QEMU itself moves/)).toBeVisible();
  await expect(path(page)).toContainText("its event loop reads the packet");
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: "Huge pages" }).click();
  await expect(page.getByText(/does not show the flag pdpe1gb/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Huge pages of 1 GiB" })).not.toBeEditable();
});
