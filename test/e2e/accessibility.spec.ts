// Every page against the rules of axe, in both colour schemes and in a narrow and a wide window.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures/window.ts";

const campaign = "/campaigns/2026-11-20-redis-and-storage-7f3a";
const paths = [
  "/",
  "/labs",
  "/labs/bench-pair",
  "/labs/bench-pair/guest",
  "/labs/bench-pair/connect",
  "/labs/bench-pair/facts",
  "/labs/bench-pair/preflight",
  "/new",
  "/new/configurations",
  "/new/workloads",
  "/new/cells",
  "/new/repeats",
  "/new/ladders",
  ...["environment", "pinning", "pages", "network", "storage", "review"].map(
    (step) => `/new/configurations/kvm/${step}`,
  ),
  "/plan",
  campaign,
  `${campaign}/results`,
  `${campaign}/facts`,
  `${campaign}/changes`,
  `${campaign}/files`,
];

for (const [colorScheme, width] of [
  ["light", 1500],
  ["dark", 760],
] as const) {
  test.describe(`${colorScheme}, ${width} px wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("no page breaks a rule", async ({ open }) => {
      test.setTimeout(180_000);
      const broken: string[] = [];
      for (const path of paths) {
        const page = await open(path);
        await page.waitForLoadState("networkidle");
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations)
          broken.push(
            ...nodes.map(
              ({ target, failureSummary }) => `${path} ${id} ${target.join(" ")}: ${failureSummary}`,
            ),
          );
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      expect(broken).toEqual([]);
    });
  });
}
