// What the evidence of a campaign says, configuration by configuration: which items were not held or unknown, how often.
import type { Campaign } from "../model/campaign.ts";
import type { EvidenceItem } from "../model/evidence.ts";
import { conditionsIn, runIdOf } from "../plan/plan-sessions.ts";
import { slotsOf } from "../plan/slots.ts";
import type { CampaignState, RunState } from "../state/campaign-state.ts";
import { countText } from "./number.ts";

/** An item of evidence that was not held, or that nothing is known of. */
interface EvidenceGap {
  readonly name: EvidenceItem["name"];
  readonly required: boolean;
  readonly verdict: Exclude<EvidenceItem["verdict"], "held">;
  readonly runs: number;
  /** Of the first such run. */
  readonly example: { readonly runId: string; readonly expected: string; readonly found: string };
}

export interface EvidenceSummary {
  readonly slot: string;
  readonly label: string;
  /** Runs that succeeded, and how many of these have evidence. */
  readonly runs: number;
  readonly withEvidence: number;
  /** Required ones first, not held before unknown. */
  readonly gaps: readonly EvidenceGap[];
}

type Design = Pick<Campaign, "configurations" | "conditions" | "scope" | "blocks" | "control">;

/** A summary for each slot that was measured; none where the campaign has no evidence at all. */
export function evidenceSummary(campaign: Design, runs: CampaignState["runs"]): EvidenceSummary[] {
  const all = slotsOf(campaign).map(({ slot, label, configuration }) => {
    const conditions = conditionsIn(campaign, configuration.id);
    const own = Array.from({ length: campaign.blocks }, (_, index) => index + 1)
      .flatMap((block) => conditions.map(({ id }) => runs.get(runIdOf(block, slot, id))))
      .filter((run) => run?.status === "ok");
    return summaryOf(slot, label, own);
  });
  return all.some(({ withEvidence }) => withEvidence > 0) ? all.filter((each) => each.runs > 0) : [];
}

function summaryOf(slot: string, label: string, runs: readonly (RunState | undefined)[]): EvidenceSummary {
  const gaps = new Map<string, EvidenceGap>();
  const known = runs.filter((run) => run !== undefined);
  for (const { runId, evidence } of known)
    for (const { name, required, verdict, expected, found } of evidence) {
      if (verdict === "held") continue;
      const key = `${name} ${required} ${verdict}`;
      const gap = gaps.get(key) ?? { name, required, verdict, runs: 0, example: { runId, expected, found } };
      gaps.set(key, { ...gap, runs: gap.runs + 1 });
    }
  return {
    slot,
    label,
    runs: known.length,
    withEvidence: known.filter(({ evidence }) => evidence.length > 0).length,
    gaps: [...gaps.values()].toSorted((a, b) => rank(a) - rank(b)),
  };
}

function rank({ required, verdict }: EvidenceGap): number {
  return (required ? 0 : 2) + (verdict === "not-held" ? 0 : 1);
}

/**
 * `All that is required held in 8 runs.`, or a sentence for each required item that is lacking, `CPUs not held in 2 of 8 runs:
 * expected …; found …`, and one that names what is lacking for context.
 */
export function evidenceSentences({ runs, withEvidence, gaps }: EvidenceSummary): string[] {
  const missing = runs - withEvidence;
  const sentences = [
    ...(missing > 0 ? [`No evidence of ${missing} of ${countText(runs, "run")}.`] : []),
    ...gaps
      .filter(({ required }) => required)
      .map(
        ({ name, verdict, runs: count, example }) =>
          `${evidenceTitle(name)} ${verdictText(verdict)} in ${count} of ${countText(runs, "run")}: expected ${example.expected}; found ${example.found} (${example.runId}).`,
      ),
  ];
  const context = gaps.filter(({ required }) => !required);
  return [
    ...(sentences.length > 0 ? sentences : [`All that is required held in ${countText(runs, "run")}.`]),
    ...(context.length === 0
      ? []
      : [
          `For context: ${context.map(({ name, verdict, runs: count }) => `${evidenceTitle(name)} ${verdictText(verdict)} in ${count}`).join(", ")}.`,
        ]),
  ];
}

function verdictText(verdict: EvidenceGap["verdict"]): string {
  return verdict === "not-held" ? "not held" : "unknown";
}

const abbreviations: Readonly<Record<string, string>> = {
  cpus: "CPUs",
  "cpu-flags": "CPU flags",
  nic: "NIC",
};

/** `Load generator`, `CPU flags`. */
export function evidenceTitle(name: EvidenceItem["name"]): string {
  const words = name.replaceAll("-", " ");
  return abbreviations[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
