// Which workloads a configuration is measured with, as the form keeps it, and the cells that follow.
import type { Condition, WorkloadName } from "#shared/model/workload.ts";
import { expectedSeconds } from "#shared/plan/expected-seconds.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import type { ConfigurationForm } from "#renderer/wizards/configuration/configuration-form.ts";

export interface MatrixRow {
  readonly slot: string;
  readonly label: string;
  readonly environment: ConfigurationForm["environment"];
  /** Place of its configuration in the form. */
  readonly index: number;
  readonly control: boolean;
  /** Conditions that it is measured with, a block. */
  readonly conditions: readonly Condition[];
}

/** Rows as the plan makes slots: the A/A control right after the first native configuration. */
export function matrixRows(
  configurations: readonly ConfigurationForm[],
  conditions: readonly Condition[],
  withControl: boolean,
): readonly MatrixRow[] {
  const baseline = configurations.findIndex(({ environment }) => environment === "native");
  return configurations.flatMap(({ id, label, environment, without }, index) => {
    const measured = conditions.filter(({ workload }) => !without.includes(workload));
    const row: MatrixRow = {
      slot: id,
      label: label === "" ? id : label,
      environment,
      index,
      control: false,
      conditions: measured,
    };
    if (!withControl || index !== baseline) return [row];
    return [row, { ...row, slot: `${id}.control`, label: `${row.label} (A/A control)`, control: true }];
  });
}

/** Seconds of one block, environments' starts included; a configuration without a workload is not started. */
export function secondsOfBlock(rows: readonly MatrixRow[]): number {
  return rows.reduce((sum, { environment, conditions }) => {
    const runs = conditions.reduce(
      (all, condition) => all + bindCondition(condition).estimateSeconds() + expectedSeconds.run,
      0,
    );
    return conditions.length === 0 ? sum : sum + expectedSeconds.environment[environment] + runs;
  }, 0);
}

/** `without` after some workloads were taken in or left out. */
export function withScope(
  without: readonly string[],
  names: readonly WorkloadName[],
  measured: boolean,
): string[] {
  const others = without.filter((name) => !names.includes(name as WorkloadName));
  return measured ? others : [...others, ...names];
}
