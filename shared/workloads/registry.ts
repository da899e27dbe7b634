// Every workload of Tare by name, and the way from a condition to its checked, typed parameters.
import { TareError } from "../model/error.ts";
import type { Facts } from "../model/facts.ts";
import type { Measurement, Reading } from "../model/measurement.ts";
import type {
  Condition,
  HostCounters,
  Needs,
  PresetName,
  RawOutput,
  RunProgram,
  Surroundings,
  Workload,
  WorkloadName,
} from "../model/workload.ts";
import { fio } from "./fio.ts";
import { linpack } from "./linpack.ts";
import { mysql } from "./mysql.ts";
import { netperf } from "./netperf.ts";
import { nuttcp } from "./nuttcp.ts";
import { randomaccess } from "./randomaccess.ts";
import { redis } from "./redis.ts";
import { stream } from "./stream.ts";

export const workloads: Readonly<Record<WorkloadName, Workload>> = {
  linpack,
  stream,
  randomaccess,
  nuttcp,
  netperf,
  fio,
  redis,
  mysql,
};

/** A condition with its workload, its parameters checked: nothing of it takes parameters any more. */
export interface BoundCondition {
  readonly condition: Condition;
  readonly workload: Workload;
  needs(): Needs;
  estimateSeconds(): number;
  check(facts: Facts): readonly string[];
  program(surroundings: Surroundings): RunProgram;
  parse(raw: RawOutput): Reading;
  /** Empty where the workload needs no counters of the SUT. */
  derive(reading: Reading, counters: HostCounters): readonly Measurement[];
}

/** Throws TareError INPUT_INVALID, naming the parameter that cannot be used. */
export function bindCondition(condition: Condition): BoundCondition {
  const workload = workloads[condition.workload];
  const result = workload.parameters.safeParse(condition.parameters);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? "" : ` ${issue.path.join(".")}`;
    throw new TareError(
      "INPUT_INVALID",
      `Condition ${condition.id} has unusable ${condition.workload} parameters:${where} ${issue?.message ?? ""}`.trim(),
    );
  }
  const parameters = result.data;
  return {
    condition,
    workload,
    needs: () => workload.needs(parameters),
    estimateSeconds: () => workload.estimateSeconds(parameters),
    check: (facts) => workload.check(parameters, facts),
    program: (surroundings) => workload.program(parameters, surroundings),
    parse: (raw) => workload.parse(raw, parameters),
    derive: (reading, counters) => workload.derive?.(parameters, reading, counters) ?? [],
  };
}

/** The conditions of a preset; a workload without it runs "as described". */
export function presetConditions(name: WorkloadName, preset: PresetName): readonly Condition[] {
  const { presets } = workloads[name];
  return presets[preset] ?? presets["as described"] ?? [];
}
