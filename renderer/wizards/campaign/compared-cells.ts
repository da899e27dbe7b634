// What a campaign compares with native, from the rows of its matrix: each environment, other native ones, the control.
import type { ComparedCells } from "#shared/plan/expected-widths.ts";
import type { MatrixRow } from "./scope.ts";

/** The first native configuration is what others are compared with. Without one nothing is compared. */
export function comparedCells(rows: readonly MatrixRow[]): readonly ComparedCells[] {
  const baseline = rows.find(({ environment }) => environment === "native");
  if (baseline === undefined) return [];
  const found = new Map<ComparedCells["compared"], ComparedCells>();
  for (const row of rows) {
    if (row === baseline || row.conditions.length === 0) continue;
    const compared = row.control ? "control" : row.environment;
    const before = found.get(compared)?.conditions ?? [];
    const added = row.conditions.filter(({ id }) => !before.some((each) => each.id === id));
    found.set(compared, { compared, conditions: [...before, ...added] });
  }
  return [...found.values()];
}
