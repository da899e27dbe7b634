// The shortest name that tells the groups of a bar figure apart: by metric, by condition, or by both.
import type { ResultRow } from "../model/result.ts";
import type { WorkloadName } from "../model/workload.ts";
import type { FigureInputs } from "./figure.ts";

export function groupName(
  { results }: Pick<FigureInputs, "results">,
  workload: WorkloadName,
): (row: ResultRow) => string {
  const rows = results.rows.filter(
    (row) => row.workload === workload && row.metric.primary && row.values.length > 0,
  );
  const conditions = new Set(rows.map(({ conditionId }) => conditionId)).size;
  const several = new Set(
    rows
      .filter(({ metric, conditionId }) =>
        rows.some((other) => other.conditionId === conditionId && other.metric.name !== metric.name),
      )
      .map(({ metric }) => metric.name),
  );
  return ({ metric, conditionLabel }) => {
    if (!several.has(metric.name)) return conditionLabel;
    return conditions === 1 ? metric.title : `${conditionLabel}, ${metric.title}`;
  };
}
