// The live page of a campaign, over a recorded one that is played back.
import type { CampaignEvent } from "#shared/model/event.ts";
import { expect, test } from "./fixtures/replayed-window.ts";
import { violations } from "./fixtures/violations.ts";

const measuring = (runId: string) => (event: CampaignEvent) =>
  event.type === "run-phase" && event.runId === runId && event.phase === "measure";
const created = ({ type }: CampaignEvent) => type === "campaign-created";

test("a campaign that was not started offers nothing but its start", async ({ replay, open }) => {
  await replay.advance(created);
  await replay.interrupt();
  const page = await open("");
  await expect(page.getByText("Nothing was touched yet.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Start" })).toHaveAttribute("aria-disabled", "false");
  await expect(page.getByRole("button", { name: "Pause" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveAttribute("aria-disabled", "true");
});

// What is live only comes from the core's own process, which in Electron is not the test's.
test(
  "the run under way shows its phases, its exact command and what it prints",
  { tag: "@browser" },
  async ({ replay, open }) => {
    const runId = "b01-native.control-redis-c50";
    await replay.advance(measuring(runId));
    const page = await open("");
    const current = page.getByRole("region", { name: "Run under way" });
    await expect(current).toContainText("Native (A/A control)");
    await expect(current.getByRole("listitem").filter({ hasText: "measure" })).toHaveAttribute(
      "aria-current",
      "step",
    );
    await expect(current).toContainText("redis-load --host 198.19.46.1 --port 6479 --keys 100000");
    const text = Array.from({ length: 300 }, (_, index) => `line ${index}`).join("\n");
    await expect(async () => {
      replay.live({ kind: "output", runId, stream: "stdout", text });
      await expect(current.getByLabel("Output of the run")).toContainText("line 299", { timeout: 500 });
    }).toPass();
    await expect(current).toContainText("the last 200 lines");
    for (const sample of await replay.samplesOf(runId)) replay.live(sample);
    await expect(page.getByRole("region", { name: "Hosts, last 2 minutes" })).toContainText(/user \d+ %/);
    await expect(page.getByRole("region", { name: "Redis, 50 clients, so far" })).toContainText("Native");
  },
);

test("the page grows with the journal, and a chosen run is one click from its raw output", async ({
  replay,
  open,
}) => {
  await replay.advance(measuring("b01-native.control-redis-c50"));
  const page = await open("");
  const cell = page.locator('[data-run="b01-native.control-redis-c50"]');
  await expect(cell).toHaveAttribute("data-status", "running");
  await replay.advance((event) => event.type === "run-ended");
  await expect(cell).toHaveAttribute("data-status", "ok");
  await cell.click();
  const chosen = page.getByRole("region", { name: "Chosen run" });
  await expect(chosen).toContainText("Throughput");
  await chosen.getByRole("button", { name: "Raw output" }).click();
  await expect(page.getByRole("dialog")).toContainText('"tool":"redis-load"');
});

test("the arrow keys go from run to run, and Enter chooses", async ({ replay, open }) => {
  await replay.finish();
  const page = await open("");
  const runs = page.getByRole("list", { name: /^Runs by block/ }).getByRole("button");
  await runs.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(runs.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(runs.nth(1)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Chosen run" })).toHaveCount(0);
});

test("a failed run is listed with its message and leads to its files", async ({ replay, open }) => {
  await replay.finish();
  const page = await open("");
  const failed = page.getByRole("region", { name: "1 failed run" });
  await expect(failed).toContainText("nuttcp (warm-up) on root@198.19.47.6:22 ended with status 1.");
  await expect(failed).toContainText("Connection refused");
  await failed.getByRole("link", { name: "Raw files" }).click();
  await expect(page).toHaveURL(/files\?run=b01-kvm-nuttcp-receive/);
});

test("a lost link is told while it lasts", async ({ replay, open }) => {
  await replay.advance(measuring("b01-docker-nat-stream"));
  await replay.write({ type: "link-lost", machine: "loadgen", message: "keepalive unanswered" });
  const page = await open("");
  const notice = page.getByText("The link to the load generator (198.19.47.6) is lost");
  await expect(notice).toBeVisible();
  await replay.write({ type: "link-restored", machine: "loadgen", seconds: 12 });
  await expect(notice).toHaveCount(0);
});

test("cancelling asks first, and a refusal of the core is shown", async ({ replay, open }) => {
  await replay.advance(measuring("b01-docker-nat-stream"));
  const page = await open("");
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Shift+X");
  const dialog = page.getByRole("dialog", { name: "Cancel the campaign?" });
  await expect(dialog).toContainText("Everything that was measured so far is kept.");
  await dialog.getByRole("button", { name: "Let it run" }).click();
  await expect(dialog).toHaveCount(0);
  // Another process works on the campaign: this core cannot pause it, and says so.
  await page.keyboard.press("Shift+P");
  await expect(page.getByText("is not under way in this process")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toHaveAttribute("aria-disabled", "false");
});

test("a campaign whose process is gone is called interrupted and can be resumed", async ({
  replay,
  open,
}) => {
  await replay.advance(measuring("b01-docker-nat-stream"));
  await replay.interrupt();
  const page = await open("");
  await expect(page.getByText("has ended without a word")).toBeVisible();
  await expect(page.getByRole("button", { name: "Resume" })).toHaveAttribute("aria-disabled", "false");
  await expect(page.locator('[data-run="b01-docker-nat-stream"]')).toHaveAttribute("data-status", "missing");
});

for (const [colorScheme, width] of [
  ["light", 1500],
  ["dark", 800],
] as const)
  test.describe(`${colorScheme}, ${width} px wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("no rule of axe is broken while a run is under way and one is chosen", async ({ replay, open }) => {
      await replay.advance(measuring("b01-docker-host-nuttcp-transmit"));
      const page = await open("");
      await page.locator('[data-run="b01-kvm-nuttcp-receive"]').click();
      await page.getByRole("region", { name: "Chosen run" }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
