// `tare plan`: every step of a campaign with its commands and the time it should take; touches no host.
import { campaignOf } from "../campaign/create-campaign.ts";
import { planOf } from "../campaign/plan-of.ts";
import type { Core } from "../core.ts";
import type { DryRun } from "#shared/contract/campaigns.ts";
import { durationText } from "#shared/report/number.ts";
import { type DraftOptions, draftFrom } from "./draft-file.ts";
import { exitCodes } from "./exit-code.ts";
import { versionsOf } from "./versions.ts";

export async function planCommand(
  core: Core,
  file: string | undefined,
  options: DraftOptions & { json?: boolean },
): Promise<number> {
  const draft = await draftFrom(file, options, core.labs);
  const campaign = campaignOf(draft, await core.labs.get(draft.labId), versionsOf(core), new Date());
  const plan = await planOf(campaign, await core.labs.facts(draft.labId));
  process.stdout.write(options.json === true ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan));
  return plan.findings.some(({ severity }) => severity === "error") ? exitCodes.usage : exitCodes.ok;
}

function planText(plan: DryRun): string {
  const head = [
    `${plan.runs} runs, about ${durationText(plan.totalSeconds)}, seed ${plan.seed}`,
    plan.factsTakenAt === null
      ? "The lab was never probed (tare probe does it): facts are missing."
      : `Checked against facts of ${plan.factsTakenAt}.`,
    ...plan.findings.map(({ severity, text }) => `${severity}: ${text}`),
  ];
  const steps = plan.steps.flatMap((step) => [
    "",
    `${step.block === null ? "" : `block ${step.block}, ${step.slot}: `}${step.title} [${step.machine}, ${durationText(step.seconds)}]`,
    ...step.commands.flatMap((command) => command.split("\n")).map((line) => `    ${line}`),
  ]);
  return `${[...head, ...steps].join("\n")}\n`;
}
