// The storage wizard: a block device by the keyboard alone, behind its proof and its serial number; and a guest's modes.
import { expect, test } from "../fixtures/window.ts";
import { test as storedTest } from "../fixtures/stored-labs.ts";
import { violations } from "../fixtures/violations.ts";

test("a block device is chosen, proved free and confirmed with the keyboard, and nothing typed is lost", async ({
  open,
}) => {
  const page = await open("/new/configurations/native/storage");
  const file = page.getByRole("radio", { name: /File on the host/ });
  await file.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Whole block device/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^\/dev\/nvme0n1,/ })).toBeDisabled();
  await expect(page.getByText(/Not free: is mounted at \//)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: /^\/dev\/nvme1n1,/ })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByLabel("Path of the block device")).toHaveValue("/dev/nvme1n1");

  const serial = page.getByLabel("Serial number, typed");
  await expect(serial).toHaveCount(0);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Prove that nothing uses it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/nothing used \/dev\/nvme1n1/)).toBeVisible();
  await expect(serial).toHaveValue("");
  await serial.focus();
  await page.keyboard.type("S5XBNE0R000000");
  await expect(page.getByText("character 9 differs")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("S5XBNE0R305678");
  await expect(page.getByText("It is the device's serial number.")).toBeVisible();

  await expect(
    page.getByRole("listitem").filter({ hasText: "no file system, so no allocation" }),
  ).toBeVisible();
  await expect(page.getByRole("row", { name: /This configuration \/dev\/nvme1n1/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/review$/);
  await page.keyboard.press("Alt+PageUp");
  await expect(serial).toHaveValue("S5XBNE0R305678");
  await expect(page.getByText(/nothing used \/dev\/nvme1n1/)).toBeVisible();
  await page.reload();
  await expect(serial).toHaveValue("S5XBNE0R305678");
});

test("a path that is in use is refused by the proof, and leads to no serial number", async ({ open }) => {
  const page = await open("/new/configurations/native/storage");
  await page.getByRole("radio", { name: /Whole block device/ }).click();
  await page.getByLabel("Path of the block device").fill("/dev/nvme0n1");
  await page.getByRole("button", { name: "Prove that nothing uses it" }).click();
  await expect(page.getByText(/\/dev\/nvme0n1 is not free, and nothing is written to it/)).toBeVisible();
  await expect(page.getByLabel("Serial number, typed")).toHaveCount(0);
});

storedTest(
  "a guest's modes say what survives, and without its machines the wizard goes on",
  async ({ open }) => {
    const page = await open("/new/configurations/kvm/storage", "two-sockets");
    const mode = (cache: string, io: string) =>
      page.getByRole("radio", { name: new RegExp(`^cache ${cache}, io ${io}`) });
    await expect(mode("none", "native")).toBeChecked();
    await expect(mode("writeback", "native")).toBeDisabled();
    const synced = page.getByRole("row", { name: /write, then fsync/ });
    await expect(synced).toHaveText(/keptkeptkeptkept$/);
    const cache = page.getByRole("listitem").filter({ hasText: "Page cache of the host" });
    await expect(cache).toContainText("passed by");
    await mode("unsafe", "threads").click();
    await expect(synced).toHaveText(/keptkeptlostlost$/);
    await expect(cache).toContainText("may hold the write");
    await page.getByRole("radio", { name: /^qcow2/ }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "the cluster of 64 KiB" })).toBeVisible();

    await page.getByRole("radio", { name: /^\/dev\/nvme1n1,/ }).click();
    await page.getByRole("button", { name: "Prove that nothing uses it" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByLabel("Serial number, typed").fill("S5XBNE0R305678");
    await expect(page.getByText("It is the device's serial number.")).toBeVisible();
    expect(await violations(page)).toEqual([]);
  },
);
