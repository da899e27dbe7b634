// Ladders of a campaign: whether each step is one change, and whether its conditions can be walked.
import type { DryRun } from "../contract/campaigns.ts";
import type { Campaign, Ladder } from "../model/campaign.ts";
import type { Configuration } from "../model/configuration.ts";
import { countText } from "../report/number.ts";
import { configurationDifferences, differenceText } from "./configuration-differences.ts";
import { conditionsIn } from "./plan-sessions.ts";

type Finding = DryRun["findings"][number];
type Design = Pick<Campaign, "configurations" | "conditions" | "scope" | "ladders">;

/** What is wrong with the ladders, or should be known. `field` is a dotted path into the draft. */
export function ladderFindings(campaign: Design): Finding[] {
  const ladders = campaign.ladders ?? [];
  return ladders.flatMap((ladder, index) => {
    const field = `ladders.${index}`;
    const found = [...sameId(ladders, index), ...unknownSteps(campaign, ladder, field)];
    // Of a walk with a gap nothing more can be said.
    return found.length > 0
      ? found
      : [...stepFindings(campaign, ladder, field), ...scopeFindings(campaign, ladder, field)];
  });
}

function sameId(ladders: readonly Ladder[], index: number): Finding[] {
  const id = ladders[index]?.id;
  if (ladders.findIndex((each) => each.id === id) === index) return [];
  const text = `Two ladders have the id ${id}. Give one of them another.`;
  return [{ severity: "error", field: `ladders.${index}.id`, text }];
}

function unknownSteps({ configurations }: Design, { title, steps }: Ladder, field: string): Finding[] {
  return steps.flatMap((id, index): Finding[] =>
    configurations.some((each) => each.id === id)
      ? []
      : [
          {
            severity: "error",
            field: `${field}.steps.${index}`,
            text: `${title}: there is no configuration ${id} in this campaign.`,
          },
        ],
  );
}

function stepFindings(campaign: Design, ladder: Ladder, field: string): Finding[] {
  const walk = walkOf(campaign, ladder);
  return walk.slice(1).flatMap((configuration, index): Finding[] => {
    const before = walk[index];
    if (before === undefined) return [];
    const step = `${ladder.title}, step ${index + 1} (${before.label} to ${configuration.label})`;
    const at = `${field}.steps.${index + 1}`;
    const differences = configurationDifferences(before, configuration);
    if (differences.length === 1) return [];
    if (differences.length === 0) return [{ severity: "error", field: at, text: `${step} changes nothing.` }];
    const named = differences.map(differenceText).join("; ");
    const text = `${step} changes ${countText(differences.length, "thing")} at once: ${named}. What it yields cannot be credited to one of them; the paper changed three at once and credited one.`;
    return [{ severity: "warning", field: at, text }];
  });
}

/** A condition is walked only where every step is measured with it. */
function scopeFindings(campaign: Design, ladder: Ladder, field: string): Finding[] {
  const walk = walkOf(campaign, ladder);
  const measured = (id: string) =>
    walk.filter((step) => conditionsIn(campaign, step.id).some((each) => each.id === id));
  const partly = campaign.conditions
    .map(({ id, workload }) => ({ workload, steps: measured(id) }))
    .filter(({ steps }) => steps.length > 0 && steps.length < walk.length);
  const found = partly.map(({ workload, steps }): Finding => {
    const without = walk.filter((step) => !steps.includes(step)).map(({ label }) => label);
    const text = `${ladder.title}: ${workload} is not measured in ${without.join(", ")}, so it is left out of this ladder.`;
    return { severity: "warning", field: `${field}.steps`, text };
  });
  return [...new Map(found.map((each) => [each.text, each])).values()];
}

function walkOf({ configurations }: Design, { steps }: Ladder): Configuration[] {
  return steps.flatMap((id) => configurations.find((each) => each.id === id) ?? []);
}
