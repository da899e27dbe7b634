// From the form of a new campaign over its plan to its start.
import { workloadNames } from "#shared/model/workload.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { expect, test } from "./fixtures/window.ts";

const quick = (name: (typeof workloadNames)[number]) => presetConditions(name, "quick").length;
/** Conditions of all workloads, as the form begins. */
const all = workloadNames.reduce((sum, name) => sum + quick(name), 0);

test("a campaign is designed, planned and started", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("Quick look");
  await page.getByLabel("Blocks").fill("4");
  const runs = 5 * all * 4;
  await expect(page.getByText(`5 × ${all} cells × 4 blocks = ${runs} runs`)).toBeVisible();
  await page.getByRole("button", { name: "Plan" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Plan: Quick look" })).toBeVisible();
  await expect(page.getByText(`${runs} runs`)).toBeVisible();
  await page.getByRole("combobox", { name: "Kind of step" }).click();
  await page.getByRole("option", { name: "undo" }).click();
  // A stop for each of 5 environments in 4 blocks, and two changes of the hosts.
  await expect(page.getByText(/^22 of \d+ steps$/)).toBeVisible();
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page).toHaveURL(/\/campaigns\//);
  await expect(page.getByRole("heading", { level: 1, name: "Quick look" })).toBeVisible();
});

test("guests are fitted to the facts of the system under test", async ({ open }) => {
  const page = await open("/new");
  await expect(page.getByText(/64 vCPUs/)).toBeVisible();
});

test("wrong fields are named where they are, and nothing is planned", async ({ open }) => {
  const page = await open("/new");
  await page.getByRole("button", { name: /^KVM: show/ }).click();
  await page.getByLabel("vCPUs", { exact: true }).fill("$(nproc)");
  await page.getByLabel("CPUs", { exact: true }).fill("0-");
  await page.getByRole("button", { name: "Add a sysctl" }).click();
  await page.getByLabel("Name of sysctl 1").fill("vm swappiness; reboot");
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByText("must not be empty").first()).toBeVisible();
  await expect(page.getByText("must be a whole number")).toBeVisible();
  await expect(page.getByText("must be a CPU list like 0-7,16-23")).toBeVisible();
  await expect(page.getByText("must be a sysctl name")).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/new");
});

test("a configuration is duplicated, changed and removed", async ({ open }) => {
  const page = await open("/new");
  await page.getByRole("button", { name: "Duplicate Docker NAT" }).click();
  await expect(page.getByRole("button", { name: /^Docker NAT \(copy\)/ })).toBeVisible();
  await page.getByRole("button", { name: "Remove KVM" }).click();
  await expect(page.getByText(`5 × ${all} cells`)).toBeVisible();
});

test("a condition that is left out leaves the cells", async ({ open }) => {
  const page = await open("/new");
  await page.getByText("Redis, 50 clients", { exact: true }).click();
  await expect(page.getByText(`5 × ${all - 1} cells`)).toBeVisible();
  await page.getByRole("radiogroup", { name: "fio: preset" }).getByText("off").click();
  await expect(page.getByText(`5 × ${all - 1 - quick("fio")} cells`)).toBeVisible();
});

test("an error of the plan blocks the start and leads to its field", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("An impossible one");
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByRole("button", { name: "Start" })).toBeDisabled();
  await page.getByRole("link", { name: "To the field" }).click();
  await expect(page.getByLabel("vCPUs", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("An impossible one");
});

test("a preset fills the form, and what was there before can be brought back", async ({ open }) => {
  const page = await open("/new");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Mine");
  await page.getByRole("radiogroup", { name: "Conditions of the preset" }).getByText("as described").click();
  await page.getByRole("button", { name: "Fill the form from a preset" }).click();
  await page.getByRole("menuitem", { name: /Figure 6/ }).click();
  await expect(name).toHaveValue("Felter et al. 2014, Figure 6, as described");
  await expect(page.getByRole("columnheader", { name: /Redis/ })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /STREAM/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Bring back what was there before" }).click();
  await expect(name).toHaveValue("Mine");
  await expect(page.getByText(`5 × ${all} cells`)).toBeVisible();
});

test("cells are taken out by cell, by row and by column, with the keyboard, and survive a reload", async ({
  open,
}) => {
  const page = await open("/new");
  const matrix = page.getByRole("region", { name: "Configurations and workloads" });
  const cell = matrix.getByRole("checkbox", { name: "KVM with STREAM" });
  await cell.focus();
  await page.keyboard.press("Space");
  await expect(cell).not.toBeChecked();
  const whole = 5 * all;
  await expect(page.getByText(`${whole - quick("stream")} of ${whole} cells`)).toBeVisible();
  // Native is measured twice a block, and both leave.
  await matrix.getByRole("checkbox", { name: "Redis, in every configuration" }).uncheck();
  await expect(
    page.getByText(`${whole - quick("stream") - 5 * quick("redis")} of ${whole} cells`),
  ).toBeVisible();
  await page.reload();
  await expect(matrix.getByRole("checkbox", { name: "Docker NAT with Redis" })).not.toBeChecked();
  await expect(matrix.getByRole("checkbox", { name: "KVM, with every workload" })).toBeChecked({
    indeterminate: true,
  });
  await matrix.getByRole("checkbox", { name: "Docker NAT, with every workload" }).click();
  await matrix.getByRole("checkbox", { name: "Docker NAT, with every workload" }).uncheck();
  await page.getByLabel("Name", { exact: true }).fill("Nothing of NAT");
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(matrix.getByRole("alert")).toHaveText("must be measured with a workload");
});

test("what the lab does not offer is greyed with the reason", async ({ open }) => {
  const page = await open("/new");
  await page.getByRole("button", { name: /^Native: show/ }).click();
  await page.getByRole("button", { name: "1 GiB pages, node" }).click();
  await expect(page.getByText("offers no huge pages of 1 GiB")).toBeVisible();
  await expect(page.getByLabel("Huge pages of 1 GiB")).not.toBeEditable();
});

test("a block device is chosen among those that nothing uses, and its serial number is typed", async ({
  open,
}) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("On a device");
  await page.getByRole("button", { name: /^Native: show/ }).click();
  await page.getByRole("combobox", { name: "Test data" }).click();
  await page.getByRole("option", { name: "whole block device" }).click();
  await page.getByRole("combobox", { name: "Block device" }).click();
  const used = page.getByRole("option", { name: /nvme0n1/ });
  await expect(used).toHaveAttribute("data-combobox-disabled", "true");
  await expect(used).toContainText("mounted at /");
  await page.getByRole("option", { name: /nvme1n1/ }).click();
  await page.getByLabel("Serial number, typed").fill("S5XBNE0R000000");
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByText("has the serial number S5XBNE0R305678, not S5XBNE0R000000")).toBeVisible();
  await page.getByLabel("Serial number, typed").fill("S5XBNE0R305678");
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Plan: On a device" })).toBeVisible();
});

test("NUMA nodes of a guest are typed as text, and told where they are wrong", async ({ open }) => {
  const page = await open("/new");
  await page.getByRole("button", { name: /^KVM: show/ }).click();
  await page.getByRole("button", { name: /^Topology, NUMA/ }).click();
  await page.getByLabel("NUMA nodes of the guest").fill("0-31:47872@0 32-63");
  await page.getByLabel("Sockets").fill("2");
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByText("node 1, “32-63”, must be vCPUs:MiB or vCPUs:MiB@nodes")).toBeVisible();
  await expect(page.getByText("must be given")).toHaveCount(2);
});

test("a ladder is walked through configurations in order, and says what each step changes", async ({
  open,
}) => {
  const page = await open("/new");
  await page.getByRole("button", { name: "Add a ladder" }).click();
  await page.getByRole("menuitem", { name: /From the configurations/ }).click();
  const ladders = page.getByRole("region", { name: "Ladders" });
  const next = ladders.getByRole("combobox", { name: "Add a step to ladder 1" });
  await next.click();
  await page.getByRole("option", { name: "Docker host network" }).click();
  await next.click();
  await page.getByRole("option", { name: "Docker NAT" }).click();
  await expect(ladders.getByRole("listitem").filter({ hasText: "Docker NAT" }).last()).toContainText("host");
  await ladders.getByRole("button", { name: "Docker NAT: earlier" }).click();
  await expect(ladders.getByRole("list").last().getByRole("listitem").first()).toContainText("Docker NAT");
  await page.getByRole("button", { name: "Add a ladder" }).click();
  await page.getByRole("menuitem", { name: /Docker's network, from NAT/ }).click();
  await expect(ladders.getByLabel("Title of ladder 2")).toHaveValue(/Docker's network/);
  await expect(page.getByRole("button", { name: /^Docker macvlan: show/ })).toBeVisible();
});

test("refused cells are listed by reason, and the start says that it goes without them", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("Partly refused");
  await page.getByRole("button", { name: "Plan" }).click();
  const refused = page.getByRole("region", { name: `${all} cells are refused` });
  await expect(refused).toContainText("Sut has no /dev/vhost-net");
  await expect(refused).toContainText("KVM");
  await expect(page.getByRole("button", { name: `Start without ${all} refused cells` })).toBeEnabled();
  await refused.getByRole("link", { name: "To the field" }).click();
  await expect(
    page.getByRole("radiogroup", { name: "vhost-net" }).getByRole("radio", { name: "on" }),
  ).toBeFocused();
});

test.describe("without a lab", () => {
  test.use({ scene: "empty" });

  test("the form says that a lab comes first", async ({ open }) => {
    const page = await open("/new");
    await expect(page.getByRole("heading", { name: "A campaign needs a lab" })).toBeVisible();
  });

  test("the plan says that there is nothing to plan", async ({ open }) => {
    const page = await open("/plan");
    await expect(page.getByRole("heading", { name: "There is nothing to plan yet" })).toBeVisible();
  });
});
