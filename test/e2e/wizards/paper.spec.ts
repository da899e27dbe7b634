// The paper's configurations, built by the wizards from three plain presets on the paper's machine, without typing.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { fittedTo } from "#shared/environments/presets.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { readConfigurationFile } from "#shared/plan/configuration-file.ts";
import { presetConfiguration } from "../../fixtures/preset-configuration.ts";
import { serverFacts, twoSocketsServer } from "../../fixtures/servers.ts";
import { expect, test } from "../fixtures/stored-labs.ts";

const machine = serverFacts(twoSocketsServer, "sut");

/** The preset as the SUT gets it, on the CPUs of another one where `placed` names it; without what only names it. */
function preset(id: string, placed = id): object {
  const { pinning } = presetConfiguration(placed);
  return unnamed(fittedTo({ ...presetConfiguration(id), pinning }, machine));
}

function unnamed({ id: _id, label: _label, ...axes }: Configuration): object {
  return axes;
}

/** What the campaign would run, from the file that the window gives. */
async function exported(page: Page): Promise<ReadonlyMap<string, object>> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all…" }).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  const { configurations } = readConfigurationFile(text);
  return new Map((configurations ?? []).map((each) => [each.id, unnamed(each)]));
}

test("the paper's configurations are built by pointer and keyboard, without typing", async ({ open }) => {
  const page = await open("/new/configurations");
  const steps = page.getByRole("navigation", { name: "Steps" });
  const step = (name: string) => steps.getByRole("link", { name }).click();
  const press = (name: string | RegExp) => page.getByRole("button", { name }).click();
  const check = (name: string | RegExp) => page.getByRole("radio", { name }).check();
  const all = page.getByRole("link", { name: "All configurations of the campaign" });
  const edit = async (id: string) => {
    if (await all.isVisible()) await all.click();
    await page.locator(`a[href$="/new/configurations/${id}/environment"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`/${id}/environment$`));
  };

  await press("Add…");
  const chooser = page.getByRole("dialog", { name: "Add configurations" });
  for (const title of ["Native", "Docker, host network", "KVM, default", "KVM, default", "KVM, default"])
    await chooser.getByRole("button", { name: title, exact: false }).first().click();
  await page.keyboard.press("Escape");

  // One socket by pointer, two sockets by keyboard.
  await edit("native");
  await step("Pinning");
  await press(/^One socket/);
  await edit("native-2");
  await step("Pinning");
  await page.getByRole("button", { name: /^Two sockets/ }).press("Enter");

  await edit("docker-host");
  await step("Network");
  await page.getByRole("radio", { name: "host's stack" }).press("ArrowRight");
  await edit("docker-host-2");
  await step("Storage");
  await check(/^Container's layer/);

  // Tuned: each vCPU on a CPU of its own with its sibling, and one NUMA node in the guest.
  const passThrough = async () => {
    await press("What each model hides");
    await check("host-passthrough");
  };
  await edit("kvm");
  await step("Pinning");
  await passThrough();
  await press(/^vCPUs on these CPUs/);
  await press("One node");

  // Best: guest NUMA nodes, and the huge pages that they need.
  await edit("kvm-2");
  await step("Pinning");
  await passThrough();
  await press(/^vCPUs on these CPUs/);
  await step("Huge pages");
  await page.getByLabel("Guest memory from huge pages").check();
  await press("What the guest needs");
  await step("Storage");
  await page.getByLabel("I/O thread of its own").check();

  // Best on one socket, with the emulator and the I/O thread on CPUs of the other.
  await edit("kvm-3");
  await press(/^A quarter/);
  await step("Storage");
  await page.getByLabel("I/O thread of its own").check();
  await step("Pinning");
  await passThrough();
  await press(/^One socket/);
  await check("Choose on the map: Emulator pin");
  await press("Clear");
  await page.locator('[data-cpu="8"]').click();
  await check("Choose on the map: I/O thread pin");
  await press("Clear");
  await page.locator('[data-cpu="8"]').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await step("Huge pages");
  await page.getByLabel("Guest memory from huge pages").check();
  await press("What the guest needs");

  await edit("kvm-4");
  await step("Network");
  await check("off");
  await check("user-mode (slirp)");
  await step("Storage");
  await check(/^qcow2/);
  await check(/^cache writeback, io threads/);

  await all.click();
  const built = await exported(page);
  expect(Object.fromEntries(built)).toEqual({
    native: preset("native-one-socket"),
    "native-2": preset("native-two-sockets"),
    "docker-host": preset("docker-nat"),
    "docker-host-2": preset("docker-layer"),
    "docker-nat": preset("docker-nat"),
    kvm: preset("kvm-tuned"),
    "kvm-2": preset("kvm-best"),
    "kvm-3": preset("kvm-best", "kvm-one-socket"),
    "kvm-4": preset("kvm-untuned"),
  });

  // Nothing is lost: back and forward through the steps, and by a reload.
  for (const _ of Array.from({ length: 3 })) await page.goBack();
  await expect(page).toHaveURL(/\/kvm-4\/environment$/);
  await page.goForward();
  await expect(page.getByRole("radio", { name: "user-mode (slirp)" })).toBeChecked();
  await page.reload();
  await all.click();
  await expect(page.getByRole("button", { name: "Export all…" })).toBeVisible();
  expect(await exported(page)).toEqual(built);
});
