// The report's guide to the campaign's folder.
import type { Campaign } from "../model/campaign.ts";
import { runIdOf } from "../plan/plan-sessions.ts";

export function folderSection({ id, configurations, conditions }: Campaign): string[] {
  const example = runIdOf(1, configurations[0]?.id ?? "native", conditions[0]?.id ?? "condition");
  return [
    "## How to read this folder",
    "",
    "- `campaign.json`: the design: lab (without secrets), configurations, conditions with all parameters, blocks, seed, versions.",
    "- `events.jsonl`: the journal, one JSON object a line, in the order in which things happened (`seq`, `at`). `run-phase` holds the exact command of each step before it was started, `run-ended` what a run yielded, `change` every alteration of a host.",
    "- `facts/`: what the machines were, before and after.",
    `- \`raw/<run>/\`: what the tools printed, unmodified (compressed with gzip where it is long). A run is named after its block, configuration and condition: \`${example}\`. File names begin with the attempt and the step.`,
    `- This file is made from the others and can be made again: \`tare report ${id} --markdown\`.`,
    "",
  ];
}
