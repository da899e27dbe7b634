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
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

export interface VitestTally extends Tally {
  readonly seconds: number;
  /** Tests that passed only when they were tried again, with the first line of what had failed. */
  readonly secondTries: readonly string[];
}

/** `project` may hold `*`. A run that fails although no test did (a file that does not load, an error outside of tests) counts as one failure. */
export async function runVitest(project: string): Promise<VitestTally> {
  const folder = await mkdtemp(join(tmpdir(), "tare-report-"));
  const file = join(folder, "report.json");
  try {
    const argv = ["vitest", "run", "--project", project, "--reporter=default", "--reporter=json"];
    const { status, seconds } = await runProgram([...argv, `--outputFile.json=${file}`], { quiet: false });
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) return { passed: 0, failed: 1, skipped: 0, seconds, secondTries: [] };
    const report = reportSchema.parse(JSON.parse(text));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests === 0 && status !== 0 ? 1 : report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      seconds,
      secondTries: secondTries(report),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A test that passed has a failure only where it was tried again. */
function secondTries({ testResults }: z.infer<typeof reportSchema>): string[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split("\n")[0] ?? ""}`);
}
