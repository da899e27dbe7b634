// `tare import`: .tare files come into the library, one after the other.
import { importCampaign } from "../library/tare-file/import-campaign.ts";
import type { Core } from "../core.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import { exitCodeOf, exitCodes } from "./exit-code.ts";

/** Files that cannot be imported are told and keep none of the others out. The status is that of the first failure. */
export async function importCommand(
  core: Core,
  files: readonly string[],
  options: { readonly json?: boolean },
): Promise<number> {
  const stop = new AbortController();
  const cancel = () => stop.abort();
  process.once("SIGINT", cancel);
  const failures: Failure[] = [];
  const told: unknown[] = [];
  try {
    for (const file of files) {
      try {
        const signal = stop.signal;
        const result = await importCampaign({ campaignsFolder: core.paths.campaigns, path: file, signal });
        told.push({ file, ...result });
        if (options.json !== true) process.stdout.write(`${file}: ${result.text}\n`);
      } catch (error) {
        const failure = toFailure(error);
        failures.push(failure);
        told.push({ file, outcome: "failed", failure });
        const detail = failure.detail === undefined ? "" : `${failure.detail}\n`;
        process.stderr.write(`${failure.message}\n${detail}`);
      }
      if (stop.signal.aborted) break;
    }
  } finally {
    process.removeListener("SIGINT", cancel);
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  return failures[0] === undefined ? exitCodes.ok : exitCodeOf(failures[0]);
}
