// `tare claims`: the paper's sentences, judged on one campaign, as text or as JSON.
import type { Core } from "../core.ts";
import { readClaims } from "../library/claims.ts";
import { claimsText } from "#shared/claims/claims-text.ts";
import { labellings } from "#shared/model/claim.ts";
import { TareError } from "#shared/model/error.ts";
import { exitCodes } from "./exit-code.ts";

export interface ClaimsOptions {
  readonly json?: boolean;
  readonly labelling?: string;
}

/** JSON: an array of `{ id, verdict, values }` in the paper's order. Throws TareError INPUT_INVALID, NOT_FOUND. */
export async function claimsCommand(
  core: Core,
  campaignId: string,
  { json = false, labelling = "measured" }: ClaimsOptions,
): Promise<number> {
  const chosen = labellings.find((each) => each === labelling);
  if (chosen === undefined)
    throw new TareError(
      "INPUT_INVALID",
      `There is no labelling ${labelling}. Known are: ${labellings.join(", ")}.`,
    );
  const judged = await readClaims(core.paths, campaignId, chosen);
  const text = json
    ? `${JSON.stringify(
        judged.map(({ id, verdict, values }) => ({ id, verdict, values })),
        null,
        2,
      )}\n`
    : claimsText(judged, chosen);
  process.stdout.write(text);
  return exitCodes.ok;
}
