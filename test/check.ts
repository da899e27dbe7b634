// Entry of `npm run check`: all checks of the house; exits non-zero if one failed.
import { runChecks } from "./suite/checks.ts";
import { requireNode } from "./suite/require-node.ts";
import { tallyText } from "./suite/tally.ts";

requireNode();
const tally = await runChecks();
process.stdout.write(`${tallyText(tally)}\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
