// `tare run` and `tare resume`: a campaign from the terminal to its end, then its table of ratios.
import { campaignOf, storeCampaign } from "../campaign/create-campaign.ts";
import { planOf } from "../campaign/plan-of.ts";
import type { Core } from "../core.ts";
import { probeLab } from "../hosts/probe-lab.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { countText } from "#shared/report/number.ts";
import { TareError } from "#shared/model/error.ts";
import { type DraftOptions, draftFrom } from "./draft-file.ts";
import { exportFormats } from "../report/export-formats.ts";
import { exitCodeOf, exitCodes } from "./exit-code.ts";
import { followCampaign } from "./follow-campaign.ts";
import { reportOf } from "./report-command.ts";
import { versionsOf } from "./versions.ts";

/** Throws TareError INPUT_INVALID where the plan finds an error. */
export async function runCommand(
  core: Core,
  file: string | undefined,
  options: DraftOptions & { json?: boolean },
): Promise<number> {
  const draft = await draftFrom(file, options, core.labs);
  const campaign = campaignOf(draft, await core.labs.get(draft.labId), versionsOf(core), new Date());
  const { findings, refused } = await planOf(campaign, await factsOf(core, draft.labId));
  const textsOf = (severity: string) =>
    findings.filter((each) => each.severity === severity).map(({ text }) => text);
  const errors = textsOf("error");
  const reasons = textsOf("refused");
  if (errors.length > 0) throw new TareError("INPUT_INVALID", [...errors, ...reasons].join("\n"));
  if (refused.length > 0)
    process.stderr.write(
      `${countText(refused.length, "cell")} cannot be measured on this lab:\n${reasons.map((text) => `  ${text}\n`).join("")}`,
    );
  await storeCampaign(core.paths.campaigns, campaign);
  return resumeCommand(core, campaign.id, options);
}

/** As they were last probed; probed now where they never were. */
async function factsOf(core: Core, labId: string): Promise<LabFacts> {
  const known = await core.labs.facts(labId);
  if (known.sut !== null && known.loadgen !== null) return known;
  process.stderr.write("Reading what both hosts are\n");
  return probeLab(core, labId, new AbortController().signal);
}

/** Ends with the exit status that the campaign's outcome has. */
export async function resumeCommand(
  core: Core,
  campaignId: string,
  options: { json?: boolean },
): Promise<number> {
  process.stderr.write(`Campaign ${campaignId} in ${core.paths.campaigns}\n`);
  const { content, failure } = await followCampaign(core, campaignId);
  process.stdout.write(
    options.json === true
      ? await exportFormats.json.make(core.paths, campaignId, core.version)
      : `${await reportOf(content, "table")}\n`,
  );
  if (failure !== null) {
    process.stderr.write(`${failure.message}\n${failure.detail === undefined ? "" : `${failure.detail}\n`}`);
    return exitCodeOf(failure);
  }
  const { status } = reduceAll(content.events);
  if (status === "complete") return exitCodes.ok;
  if (status === "cancelled") return exitCodes.cancelled;
  process.stderr.write(
    status === "paused"
      ? `Paused. Go on with: tare resume ${campaignId}\n`
      : "Not every run was measured; the table says which.\n",
  );
  return exitCodes.incomplete;
}
