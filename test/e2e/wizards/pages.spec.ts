// The huge pages step on stored facts: reservations by node with the keyboard alone and with the mouse.
import { expect, test } from "../fixtures/stored-labs.ts";
import { violations } from "../fixtures/violations.ts";

const place = "/new/configurations/kvm/pages";

test("pages are reserved node by node with the keyboard alone", async ({ open }) => {
  const page = await open(place, "four-nodes");
  const node1 = page.getByRole("textbox", { name: "Huge pages of 2 MiB on node 1" });
  await page.getByRole("radio", { name: "madvise", exact: false }).first().focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "always" }).first()).toBeChecked();
  await node1.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(node1).toHaveValue("1024");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Huge pages of 1 GiB on node 1" })).toBeFocused();
  await page.keyboard.type("64");
  const summary = page.getByText(
    "on NUMA node 1 need 64 GiB; that node of epyc-nps4 has 64 GiB, 2 GiB of it",
  );
  await expect(summary.first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Huge pages of 1 GiB on node 1" })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  // What is said against a field leads to it, as often as it is asked for.
  for (let times = 0; times < 2; times += 1) {
    await node1.focus();
    await page.getByRole("link", { name: /on NUMA node 1 need 64 GiB/ }).press("Enter");
    await expect(page.getByRole("textbox", { name: "Huge pages of 1 GiB on node 1" })).toBeFocused();
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("4");
  await expect(summary).toHaveCount(0);
  await expect(page.getByText("1024 of 2 MiB and 4 of 1 GiB on node 1 reserved").first()).toBeVisible();
  // The text that will be executed.
  await expect(page.getByText(/huge-pages-set 1048576 1 4/).first()).toBeVisible();
});

test("pages are reserved with the mouse and no typing, as the guest needs them", async ({ open }) => {
  const page = await open(place, "four-nodes");
  await page.getByText("node 2", { exact: true }).click();
  const small = page.getByRole("group", { name: "Pages of 2 MiB at once" });
  await small.getByRole("button", { name: "½ of what is free" }).click();
  await expect(page.getByRole("textbox", { name: "Huge pages of 2 MiB on node 2" })).toHaveValue("15872");
  await page.getByRole("button", { name: "More: Huge pages of 1 GiB on node 0" }).click();
  await expect(page.getByRole("textbox", { name: "Huge pages of 1 GiB on node 0" })).toHaveValue("1");
  await page.getByText("Spread over all nodes").click();
  await expect(page.getByRole("textbox", { name: "Huge pages of 2 MiB" })).toHaveValue("15872");
  // Back without loss: the nodes have the numbers that they had.
  await page.getByText("By NUMA node", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Huge pages of 2 MiB on node 2" })).toHaveValue("15872");
  await expect(page.getByRole("textbox", { name: "Huge pages of 1 GiB on node 0" })).toHaveValue("1");
  await page.getByLabel("Guest memory from huge pages").check();
  await page.getByRole("button", { name: "What the guest needs" }).click();
  await expect(page.getByText("too few")).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
});
