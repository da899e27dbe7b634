// From the form of a new campaign over its plan to its start.
import { expect, test } from "./fixtures/window.ts";

test("a campaign is designed, planned and started", async ({ open }) => {
  const page = await open("/new");
  await page.getByLabel("Name", { exact: true }).fill("Quick look");
  await page.getByLabel("Blocks").fill("4");
  await expect(page.getByText("5 × 11 cells × 4 blocks = 220 runs")).toBeVisible();
  await page.getByRole("button", { name: "Plan" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Plan: Quick look" })).toBeVisible();
  await expect(page.getByText("220 runs")).toBeVisible();
  await page.getByRole("combobox", { name: "Kind of step" }).click();
  await page.getByRole("option", { name: "undo" }).click();
  await expect(page.getByText(/^22 of 286 steps$/)).toBeVisible();
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
  await expect(page.getByText("5 × 11 cells")).toBeVisible();
});

test("a condition that is left out leaves the cells", async ({ open }) => {
  const page = await open("/new");
  await page.getByText("Redis, 50 clients", { exact: true }).click();
  await expect(page.getByText("5 × 10 cells")).toBeVisible();
  await page.getByRole("radiogroup", { name: "fio: preset" }).getByText("off").click();
  await expect(page.getByText("5 × 5 cells")).toBeVisible();
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
