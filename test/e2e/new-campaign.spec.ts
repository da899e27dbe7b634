// From the wizard of a new campaign over its plan to its start.
import { workloadNames } from "#shared/model/workload.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { expect, test } from "./fixtures/window.ts";

const quick = (name: (typeof workloadNames)[number]) => presetConditions(name, "quick").length;
/** Conditions of all workloads, as the form begins. */
const all = workloadNames.reduce((sum, name) => sum + quick(name), 0);

test("a campaign is designed, planned and started with the keyboard alone", async ({ open }) => {
  const page = await open("/new");
  const step = (name: RegExp) => page.getByRole("region", { name });
  const name = page.getByLabel("Name", { exact: true });
  await name.focus();
  await page.keyboard.type("Quick look");
  // Also from inside a text field.
  await page.keyboard.press("Control+Enter");
  await expect(step(/^Step 2: Configurations/)).toBeFocused();
  await expect(page.getByRole("link", { name: /Lab and name/ })).toContainText("Quick look");
  await expect(page.getByRole("link", { name: /Lab and name/ }).getByLabel("done")).toBeVisible();
  for (const next of ["Workloads", "Cells", "Repeats and hosts"]) {
    await page.keyboard.press("Control+Enter");
    await expect(
      page.getByRole("navigation", { name: "Steps" }).locator("[aria-current=step]"),
    ).toContainText(next);
  }
  await page.getByLabel("Blocks").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("4");
  await page.keyboard.press("Alt+PageUp");
  const runs = 5 * all * 4;
  await expect(page.getByText(`5 × ${all} cells × 4 blocks = ${runs} runs`)).toBeVisible();
  await page.keyboard.press("Alt+PageDown");
  await page.keyboard.press("Alt+PageDown");
  await expect(step(/^Step 6: Ladders/)).toBeFocused();
  await page.keyboard.press("Control+Enter");

  await expect(page.getByRole("heading", { level: 1, name: "Plan: Quick look" })).toBeVisible();
  await expect(page.getByText(`${runs} runs`)).toBeVisible();
  await page.getByRole("combobox", { name: "Kind of step" }).click();
  await page.getByRole("option", { name: "undo" }).click();
  // A stop for each of 5 environments in 4 blocks, and two changes of the hosts.
  await expect(page.getByText(/^22 of \d+ steps$/)).toBeVisible();
  await page.getByRole("button", { name: "Start" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/campaigns\//);
  await expect(page.getByRole("heading", { level: 1, name: "Quick look" })).toBeVisible();
});

test("nothing that was typed is lost: other steps, back and forward, a reload", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("Kept");
  await page.getByRole("link", { name: /Repeats and hosts/ }).click();
  await page.getByLabel("Blocks").fill("7");
  await page.getByRole("link", { name: /Configurations/ }).click();
  await page.getByRole("link", { name: "Edit KVM" }).click();
  await page.getByLabel("Label").fill("KVM of mine");
  await page.getByRole("button", { name: /^A quarter/ }).click();
  const memory = await page.getByLabel("Memory", { exact: true }).inputValue();
  await page.goBack();
  await expect(page.getByRole("link", { name: "Edit KVM of mine" })).toBeVisible();
  await page.goForward();
  await expect(page.getByLabel("Memory", { exact: true })).toHaveValue(memory);
  await page.reload();
  await expect(page.getByLabel("Label")).toHaveValue("KVM of mine");
  await expect(page.getByLabel("Memory", { exact: true })).toHaveValue(memory);
  await page.getByRole("link", { name: "All configurations of the campaign" }).click();
  await page.getByRole("link", { name: /Repeats and hosts/ }).click();
  await expect(page.getByLabel("Blocks")).toHaveValue("7");
  await page.getByRole("link", { name: /Lab and name/ }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Kept");
});

test("a saved draft is opened in another tab, and what was there before comes back", async ({
  open,
  context,
}) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("For later");
  await page.getByLabel("Name", { exact: true }).press("Control+s");
  await expect(page.getByLabel("Name of the draft")).toHaveValue("For later");
  await page.getByLabel("Name of the draft").press("Enter");
  await expect(page.getByText(/Draft “For later” saved at/)).toBeVisible();
  const address = page.url();
  const other = await context.newPage();
  await page.close();
  await other.goto(address);
  await other.getByLabel("Name", { exact: true }).fill("Another");
  await other.getByRole("button", { name: "Open For later" }).click();
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue("For later");
  await other.getByRole("button", { name: "Bring back what was there before" }).click();
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue("Another");
  await other.getByRole("button", { name: "Remove For later" }).click();
  await expect(other.getByRole("region", { name: "Saved drafts" })).toHaveCount(0);
  await other.getByRole("button", { name: "Bring it back" }).click();
  await expect(other.getByRole("button", { name: "Open For later" })).toBeVisible();
});

test("configurations are chosen, moved, compared and removed", async ({ open }) => {
  const page = await open("/new/configurations");
  await expect(page.getByText(/64 vCPUs/)).toBeVisible();
  await page.getByRole("button", { name: "Add…" }).click();
  const chooser = page.getByRole("dialog", { name: "Add configurations" });
  await chooser.getByLabel("Filter").fill("macvlan");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(chooser.getByText("Added: Docker, macvlan.")).toBeVisible();
  await page.keyboard.press("Escape");
  const labels = page.getByRole("list").getByRole("link", { name: /^Edit / });
  await expect(labels).toHaveText(["Native", "Docker host network", "Docker NAT", "KVM", "Docker macvlan"]);
  await page.getByRole("button", { name: "Docker macvlan: earlier" }).click();
  await expect(page.getByRole("button", { name: "Docker macvlan: earlier" })).toBeFocused();
  await expect(labels.nth(3)).toHaveText("Docker macvlan");

  await page.getByRole("button", { name: "Acts on Docker macvlan" }).click();
  await page.getByRole("menuitem", { name: "Compare with…" }).click();
  const compared = page.getByRole("dialog", { name: "Compare configurations" });
  await expect(compared.getByRole("row", { name: /network/ })).toContainText("macvlan");
  await expect(compared.getByText("The same text.")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Acts on Docker NAT" }).click();
  // The menu before may still be closing.
  const acts = page.getByRole("menu", { name: "Acts on Docker NAT" });
  await acts.getByRole("menuitem", { name: "Remove" }).click();
  await expect(labels).toHaveCount(4);
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(labels.nth(2)).toHaveText("Docker NAT");
  await page.getByRole("button", { name: "Acts on Docker NAT" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(labels.nth(3)).toHaveText("Docker NAT (copy)");
});

test("what is exported is imported as it was; a wrong field is named", async ({ open }) => {
  const page = await open("/new/configurations");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all…" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("tare-configurations.json");
  const path = await download.path();
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import configurations" });
  await dialog
    .getByLabel("Or paste its text")
    .fill('{"format":"tare-configurations/1","configurations":[7]}');
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("configurations[0]");
  await dialog.locator("input[type=file]").setInputFiles(path);
  await expect(dialog).toHaveCount(0);
  const summaries = await page
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: "Edit KVM" }) })
    .allInnerTexts();
  expect(summaries).toHaveLength(2);
  expect(summaries[0]).toBe(summaries[1]);
});

test("a preset of one's own is saved, added, renamed and removed", async ({ open }) => {
  const page = await open("/new/configurations");
  await page.getByRole("button", { name: "Acts on KVM" }).click();
  await page.getByRole("menuitem", { name: "Save as preset…" }).click();
  await page.getByLabel("Title").fill("My guest");
  await page.getByLabel("Title").press("Enter");
  await page.getByRole("button", { name: "Add…" }).click();
  const yours = page.getByRole("group", { name: "Yours" });
  await yours.getByRole("button", { name: "Rename My guest" }).click();
  await yours.getByLabel("New title of My guest").fill("The guest");
  await page.keyboard.press("Enter");
  await yours.getByRole("button", { name: /^The guest/ }).click();
  await expect(page.getByText("Added: The guest.")).toBeVisible();
  await yours.getByRole("button", { name: "Remove The guest" }).click();
  await expect(yours.getByRole("button", { name: /^The guest/ })).toHaveCount(0);
  await yours.getByRole("button", { name: "Bring it back" }).click();
  await expect(yours.getByRole("button", { name: /^The guest/ })).toBeVisible();
});

test("wrong fields are named where they are, and nothing is planned", async ({ open }) => {
  const page = await open("/new/configurations/kvm/pinning");
  await page.getByRole("textbox", { name: "vCPUs", exact: true }).fill("$(nproc)");
  await page.getByRole("textbox", { name: "CPUs", exact: true }).fill("0-");
  await page.getByRole("textbox", { name: "vCPUs", exact: true }).focus();
  await expect(page.getByText("must be a CPU list like 0-7,16-23")).toBeVisible();
  await page.getByRole("link", { name: "All configurations of the campaign" }).click();
  await expect(page.getByText("A field cannot be used as it is.")).toBeVisible();
  await page.getByRole("link", { name: /Repeats and hosts/ }).click();
  await page.getByRole("button", { name: "Add a sysctl" }).click();
  await page.getByLabel("Name of sysctl 1").fill("vm swappiness; reboot");
  await page.getByRole("button", { name: "Plan now" }).click();
  // The first of them is the name of the campaign.
  await expect(page.getByText("must not be empty").first()).toBeVisible();
  await page.getByRole("link", { name: /Repeats and hosts/ }).click();
  await expect(page.getByText("must be a sysctl name")).toBeVisible();
  await page.goto(new URL("/new/configurations/kvm/pinning", page.url()).href);
  await page.getByRole("textbox", { name: "vCPUs", exact: true }).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByText("must be a whole number")).toBeVisible();
});

test("a condition that is left out leaves the cells", async ({ open }) => {
  const page = await open("/new/workloads");
  await page.getByText("Redis, 50 clients", { exact: true }).click();
  const cells = page.getByRole("region", { name: "Size" });
  await expect(cells).toContainText(`${5 * (all - 1)} cells`);
  await page.getByRole("radiogroup", { name: "fio: preset" }).getByText("off").click();
  await expect(cells).toContainText(`${5 * (all - 1 - quick("fio"))} cells`);
});

test("an error of the plan blocks the start and leads to its field", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("An impossible one");
  await page.getByRole("button", { name: "Plan now" }).click();
  await expect(page.getByRole("button", { name: "Start" })).toBeDisabled();
  await page.getByRole("link", { name: "To the field" }).click();
  await expect(page).toHaveURL(/\/new\/configurations\/kvm\/pinning/);
  await expect(page.getByRole("textbox", { name: "vCPUs", exact: true })).toBeFocused();
});

test("a preset fills the form, and what was there before can be brought back", async ({ open }) => {
  const page = await open("/new");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Mine");
  await page.getByRole("radiogroup", { name: "Conditions of the preset" }).getByText("as described").click();
  await page.getByRole("button", { name: "Fill the form from a preset" }).click();
  await page.getByRole("menuitem", { name: /Figure 6/ }).click();
  await expect(name).toHaveValue("Felter et al. 2014, Figure 6, as described");
  await page.getByRole("link", { name: /Cells/ }).click();
  await expect(page.getByRole("columnheader", { name: /Redis/ })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /STREAM/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Bring back what was there before" }).click();
  await expect(page.getByText(`5 × ${all} cells`)).toBeVisible();
  await page.getByRole("link", { name: /Lab and name/ }).click();
  await expect(name).toHaveValue("Mine");
});

test("cells are taken out by cell, by row and by column, with the keyboard, and survive a reload", async ({
  open,
}) => {
  const page = await open("/new/cells");
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
  await page.getByRole("link", { name: /Lab and name/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nothing of NAT");
  await page.getByRole("button", { name: "Plan now" }).click();
  await expect(matrix.getByRole("alert")).toHaveText("must be measured with a workload");
});

test("a ladder is walked through configurations in order, and says what each step changes", async ({
  open,
}) => {
  const page = await open("/new/ladders");
  await page.getByRole("button", { name: "Add a ladder" }).click();
  await page.getByRole("menuitem", { name: /From the configurations/ }).click();
  const ladders = page.getByRole("region", { name: "Ladders" }).last();
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
  await expect(page.getByRole("link", { name: /Configurations/ })).toContainText("macvlan");
});

test("what was started over can be brought back after another page and a reload", async ({ open }) => {
  const page = await open("/new");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Not to be lost");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(name).not.toHaveValue("Not to be lost");
  await page.getByRole("link", { name: "Labs", exact: true }).click();
  await page.getByRole("link", { name: "New campaign" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Bring back what was there before" }).click();
  await expect(name).toHaveValue("Not to be lost");
});

test("refused cells are listed by reason, and the start says that it goes without them", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("Partly refused");
  await page.getByRole("button", { name: "Plan now" }).click();
  const refused = page.getByRole("region", { name: `${all} cells are refused` });
  await expect(refused).toContainText("Sut has no /dev/vhost-net");
  await expect(refused).toContainText("KVM");
  await expect(page.getByRole("button", { name: `Start without ${all} refused cells` })).toBeEnabled();
  await refused.getByRole("link", { name: "To the field" }).click();
  await expect(page).toHaveURL(/\/new\/configurations\/kvm\/network/);
  const vhost = page.getByRole("radiogroup", { name: "vhost-net" });
  await expect(vhost.getByRole("radio", { name: "auto" })).toBeFocused();
});

test.describe("where the disk is full", () => {
  test.use({ scene: "failing" });

  test("a draft that cannot be saved says why, and the form stays", async ({ open }) => {
    const page = await open("/new");
    await page.getByLabel("Name", { exact: true }).fill("Unsaved");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("The draft was not saved: this computer has no space left.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Unsaved");
  });
});

test.describe("without a lab", () => {
  test.use({ scene: "empty" });

  test("the form says that a lab comes first, and the plan that there is nothing to plan", async ({
    open,
  }) => {
    const page = await open("/new");
    await expect(page.getByRole("heading", { name: "A campaign needs a lab" })).toBeVisible();
    await open("/plan");
    await expect(page.getByRole("heading", { name: "There is nothing to plan yet" })).toBeVisible();
  });
});
