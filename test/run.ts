// Entry of `npm test`: everything that can run on this machine runs; what cannot is named with its reason.
import { runChecks } from "./suite/checks.ts";
import { requireNode } from "./suite/require-node.ts";
import { suites } from "./suite/suites.ts";
import { sum, tallyText, type Tally } from "./suite/tally.ts";

requireNode();
const tallies: Tally[] = [];
const notes: string[] = [];

heading("checks");
tallies.push(await runChecks());
for (const { name, obstacle, run } of suites) {
  heading(name);
  const reason = await obstacle();
  if (reason === null) {
    const { secondTries = [], ...tally } = await run();
    tallies.push(tally);
    notes.push(...secondTries.map((test) => `Needed a second try: ${test}`));
  } else {
    notes.push(`Left out: ${name}: ${reason}`);
    process.stdout.write(`${notes.at(-1)}\n`);
  }
}

heading("result");
for (const line of notes) process.stdout.write(`${line}\n`);
const total = sum(tallies);
process.stdout.write(`${tallyText(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function heading(text: string): void {
  process.stdout.write(`\n== ${text}\n`);
}
