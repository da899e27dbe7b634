// Runs one project of vitest and reads its counts from its JSON report.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runProgram } from "./run-program.ts";
import type { Tally } from "./tally.ts";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

/** A run that fails although no test did (a file that does not load, an error outside of tests) counts as one failure. */
export async function runVitest(project: string): Promise<Tally & { readonly seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), "tare-report-"));
  const file = join(folder, "report.json");
  try {
    const argv = ["vitest", "run", "--project", project, "--reporter=default", "--reporter=json"];
    const { status, seconds } = await runProgram([...argv, `--outputFile.json=${file}`], { quiet: false });
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) return { passed: 0, failed: 1, skipped: 0, seconds };
    const report = reportSchema.parse(JSON.parse(text));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests === 0 && status !== 0 ? 1 : report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      seconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
