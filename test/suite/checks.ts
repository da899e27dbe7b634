// The checks of the house as a table, run two at a time: format, lint, types, dead code, boundaries and unit tests.
import { runProgram } from "./run-program.ts";
import { runVitest } from "./run-vitest.ts";
import { sum, type Tally, tallyText } from "./tally.ts";

const steps: readonly { readonly name: string; readonly argv: readonly string[] }[] = [
  { name: "format", argv: ["oxfmt", "--check"] },
  { name: "lint", argv: ["oxlint", "--type-aware"] },
  ...["shared", "main", "preload", "renderer", "test"].map((folder) => ({
    name: `types of ${folder}`,
    argv: ["tsc", "-p", folder],
  })),
  { name: "dead code", argv: ["knip"] },
];

/** Runs all, also where one fails; each step counts as one test, the unit tests by number. */
export async function runChecks(): Promise<Tally> {
  const waiting = [...steps];
  const tallies: Tally[] = [];
  const next = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { status, seconds, output } = await runProgram(step.argv, { quiet: true });
      if (status !== 0) process.stdout.write(output);
      say(step.name, status === 0, seconds);
      tallies.push({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
    }
  };
  await Promise.all([next(), next()]);
  const unit = await runVitest("unit");
  say(`boundaries and unit tests: ${tallyText(unit)}`, unit.failed === 0, unit.seconds);
  return sum([...tallies, unit]);
}

function say(name: string, ok: boolean, seconds: number): void {
  process.stdout.write(`${ok ? "ok    " : "FAILED"} ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
}
