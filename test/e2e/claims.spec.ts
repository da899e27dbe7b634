// The paper's claims on a recorded campaign and on its own data, and the paper's pages, under the core's policy.
import { expect, test } from "./fixtures/replayed-window.ts";
import { violations } from "./fixtures/violations.ts";

test("claims are judged on a campaign and on the paper, filtered, relabelled; every point of the paper is found", async ({
  replay,
  open,
}) => {
  test.setTimeout(120_000);
  await replay.finish();
  const page = await open("claims");
  const verdicts = page.getByRole("group", { name: "Verdict" });
  await expect(verdicts.getByRole("button", { name: "98 all" })).toBeVisible();
  const goodput = page.getByRole("article", {
    name: "All configurations reach 9.3 Gb/s in both directions.",
  });
  await expect(goodput).toContainText("emulated runs prove nothing");
  await expect(goodput).toContainText("6 values, 9265 to 9348 Mb/s, mean 9316 Mb/s");
  await page.getByRole("textbox", { name: "Find in claims" }).fill("MySQL was not measured");
  await verdicts.getByRole("button", { name: /hold$/ }).press("Enter");
  await expect(page.getByText("No claim fits these filters.")).toBeVisible();
  await verdicts.getByRole("button", { name: /all$/ }).press("Enter");
  await expect(page.getByRole("article").first()).toContainText("Another workload: MySQL was not measured.");
  await page.getByRole("textbox", { name: "Find in claims" }).fill("");

  const broken: string[] = [];
  const wide = { width: 1500, height: 900 };
  const narrow = { width: 760, height: 900 };
  const fits = async (width: number) =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize(narrow);
  await fits(narrow.width);
  broken.push(...(await violations(page)));

  await page.goto(new URL("/campaigns/felter-2014/claims?text=NAT%20adds", page.url()).href);
  const nat = page.getByRole("article", { name: /^NAT adds a little overhead/ });
  await expect(nat).toContainText("cannot be told");
  await expect(nat).toContainText("Another configuration: no run of MySQL in Docker with NAT.");
  await page.getByText("The paper's labels", { exact: true }).click();
  await expect(nat).toContainText("holds");
  await expect(page).toHaveURL(/labelling=paper/);
  await nat.getByText("Every value").click();
  await expect(nat.getByRole("row")).toHaveCount(7);
  await expect(nat.getByRole("link", { name: "Figure 16" })).toHaveAttribute(
    "href",
    "/campaigns/felter-2014/figures#figure-16",
  );

  const places = page.getByRole("navigation", { name: "About this campaign" });
  await places.getByRole("link", { name: "About" }).click();
  await expect(page.getByText("6820500beab45d7c8d005caefb40eda7381eb05f")).toBeVisible();
  await expect(
    page.getByRole("article", { name: "MySQL: the series “Docker NAT volume” was not measured behind NAT" }),
  ).toContainText("48.0, at every load");
  await expect(page.getByRole("region", { name: "Table 1: STREAM components" })).toContainText("Triad");
  await fits(narrow.width);
  broken.push(...(await violations(page)));

  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(wide);
  await places.getByRole("link", { name: "Data" }).click();
  await expect(page.getByText("1744 points")).toBeVisible();
  // Drawn are only the rows in sight.
  expect(await page.getByRole("row").count()).toBeLessThan(80);
  await page.getByRole("textbox", { name: "Find in points" }).fill("mysql.fig16.docker-host-aufs 190");
  const table = page.getByRole("table", { name: "Points of the paper" });
  await expect(table.getByRole("row").nth(1)).toContainText("Docker, NAT");
  broken.push(...(await violations(page)));
  await table.getByRole("row").nth(1).getByRole("button").press("Enter");
  const point = page.getByRole("dialog");
  await expect(point).toContainText("Docker, host network, AUFS");
  await expect(point.getByRole("listitem")).toHaveCount(10);
  broken.push(...(await violations(page)));
  await page.keyboard.press("Escape");
  await expect(point).toHaveCount(0);
  expect(broken).toEqual([]);
});
