// How often everything is repeated: as a number, as a time, as an interval; all of them write the one number of blocks.
import { expect, test } from "../fixtures/window.ts";
import { violations } from "../fixtures/violations.ts";

test("blocks follow from a number, a time or a wanted interval, with the keyboard", async ({ open }) => {
  const page = await open("/new/repeats");
  const blocks = page.getByLabel("Blocks");
  await expect(blocks).toHaveValue("10");
  const redis = page.getByRole("row", { name: /^Redis/ });
  await expect(redis).toContainText(/± \d/);
  const wide = await redis.innerText();

  await page.getByRole("button", { name: "One more" }).focus();
  await page.keyboard.press("Enter");
  await expect(blocks).toHaveValue("11");
  await page.getByRole("button", { name: "3", exact: true }).press("Space");
  await expect(blocks).toHaveValue("3");
  await expect(page.getByText(/^3 blocks of .+: roughly /)).toBeVisible();
  await expect(redis).not.toHaveText(wide);

  const hours = page.getByLabel("Total time, hours");
  await hours.fill("2");
  await expect(blocks).not.toHaveValue("3");
  await expect(page.getByText(/: roughly 1 h \d+ min\.$/)).toBeVisible();
  await hours.fill("0,01");
  await expect(page.getByText(/one block alone takes/i)).toBeVisible();

  const wanted = page.getByLabel("Wanted interval, ± %");
  await wanted.fill("100");
  await expect(page.getByText("asks for most")).toBeVisible();
  const few = Number(await blocks.inputValue());
  await wanted.fill("5");
  await expect.poll(async () => Number(await blocks.inputValue())).toBeGreaterThanOrEqual(few);
  expect(await violations(page)).toEqual([]);

  await blocks.fill("1");
  await expect(page.getByText("One block has no interval: there is one from 2 on")).toBeVisible();
  await page.reload();
  await expect(blocks).toHaveValue("1");
});

test.describe("without past campaigns", () => {
  test.use({ scene: "failing" });
  test("the step says what is not known, and names what could not be read", async ({ open }) => {
    const page = await open("/new/repeats");
    await expect(page.getByText(/how wide the intervals will be is not known/)).toBeVisible();
    await expect(page.getByText(/^Not counted: The folder campaigns/)).toBeVisible();
    await expect(page.getByLabel("Wanted interval, ± %")).toBeDisabled();
  });
});
