// Walks from one configuration to another: what each step changed, and its share of the whole way.
import type { Campaign, Ladder } from "../model/campaign.ts";
import { worstVerdict } from "../model/evidence.ts";
import { rowKey, type Estimate, type LadderRow, type LadderStep, type ResultRow } from "../model/result.ts";
import { blockRatio, distinguishable } from "./ratio.ts";

/** The A/A control of a condition and metric as `distinguishable` takes it. */
export type FloorOf = (conditionId: string, metric: string) => Estimate | null | "none";

/**
 * A row for each ladder, condition and metric that every step was to be measured with. Each ratio is that of the step
 * to the one before, within the block; `total` is that of the last step to the first. Steps that are not configurations
 * of the campaign make no row.
 */
export function ladderRows(
  { ladders = [] }: Pick<Campaign, "ladders">,
  rows: readonly ResultRow[],
  floorOf: FloorOf,
): LadderRow[] {
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  return ladders.flatMap((ladder) =>
    rows
      .filter(({ slot }) => slot === ladder.steps[0])
      .flatMap((first): LadderRow[] => {
        const walk = ladder.steps.flatMap((slot) => byKey.get(rowKey({ ...first, slot })) ?? []);
        if (walk.length < ladder.steps.length) return [];
        return [ladderRow(ladder, walk, floorOf(first.conditionId, first.metric.name))];
      }),
  );
}

function ladderRow(
  { id, title }: Ladder,
  walk: readonly ResultRow[],
  floor: Estimate | null | "none",
): LadderRow {
  const [first] = walk;
  const last = walk.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a ladder has steps");
  const total = blockRatio(last.values, first.values);
  const verdict = verdictOf(total, [first, last], floor);
  const shares = sharesOf(walk);
  return {
    ladderId: id,
    title,
    workload: first.workload,
    conditionId: first.conditionId,
    conditionLabel: first.conditionLabel,
    metric: first.metric,
    steps: walk.map((row, index): LadderStep => {
      const before = walk[index - 1];
      const ratio = before === undefined ? null : blockRatio(row.values, before.values);
      const compared = before === undefined ? [row] : [before, row];
      return {
        configurationId: row.configurationId,
        label: row.label,
        mean: row.mean,
        ratio,
        share: verdict === true && ratio !== null ? (shares?.[index] ?? null) : null,
        distinguishable: verdictOf(ratio, compared, floor),
        evidence: worstVerdict(compared.map(({ evidence }) => evidence)),
        emulated: compared.some(({ emulated }) => emulated),
      };
    }),
    total,
    distinguishable: verdict,
  };
}

/** Nothing is said of emulated runs. */
function verdictOf(
  ratio: Estimate | null,
  rows: readonly ResultRow[],
  floor: Estimate | null | "none",
): boolean | null {
  if (ratio === null || rows.some(({ emulated }) => emulated)) return null;
  return distinguishable(ratio, floor);
}

/**
 * Logarithm of each step's ratio over that of the whole. Blocks that lack a step are left out here: only so do the
 * geometric means of the steps multiply to that of the whole. Null where no block has all, or the whole is 1.
 */
function sharesOf(walk: readonly ResultRow[]): number[] | null {
  const blocks = (walk[0]?.values ?? [])
    .map(({ block }) => block)
    .filter((block) => walk.every(({ values }) => values.some((value) => value.block === block)));
  const complete = walk.map(({ values }) => values.filter(({ block }) => blocks.includes(block)));
  const logOf = (to: number, from: number) =>
    Math.log(blockRatio(complete[to] ?? [], complete[from] ?? [])?.value ?? Number.NaN);
  const whole = logOf(walk.length - 1, 0);
  if (!Number.isFinite(whole) || whole === 0) return null;
  return walk.map((_, index) => (index === 0 ? 0 : logOf(index, index - 1) / whole));
}
