// Runs one project of Playwright and reads its counts from its JSON report.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runProgram } from "./run-program.ts";
import type { Tally } from "./tally.ts";

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

export async function runPlaywright(
  project: string,
  environment: Readonly<Record<string, string>>,
): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "tare-report-"));
  const file = join(folder, "report.json");
  try {
    const { status } = await runProgram(
      ["playwright", "test", `--project=${project}`, "--reporter=list,json"],
      { quiet: false, environment: { ...environment, PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
    );
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) return { passed: 0, failed: 1, skipped: 0 };
    const { expected, unexpected, flaky, skipped } = reportSchema.parse(JSON.parse(text)).stats;
    // A test that passed only when it was tried again has failed.
    const failed = unexpected + flaky;
    return { passed: expected, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
