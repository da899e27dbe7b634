// Raw outputs that real tools printed: Tare's own fixtures, and the logs of the paper's authors where they are at hand.
import { existsSync, readFileSync } from "node:fs";
import { bindCondition, presetConditions } from "#shared/workloads/registry.ts";
import type { BoundCondition } from "#shared/workloads/registry.ts";
import type { Reading } from "#shared/model/measurement.ts";
import type { PresetName, WorkloadName } from "#shared/model/workload.ts";

export function fixture(path: string): string {
  return readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8");
}

/** Text of a reference log, or null where it is not at hand; then a line says that its test was left out. */
export function referenceLog(name: string): string | null {
  const path = new URL(`../../../../shared/reference/samples/${name}`, import.meta.url);
  if (existsSync(path)) return readFileSync(path, "utf8");
  process.stdout.write(`left out: the paper's log ${name} is not at hand\n`);
  return null;
}

export function bound(name: WorkloadName, preset: PresetName, id: string): BoundCondition {
  const condition = presetConditions(name, preset).find((each) => each.id === id);
  if (condition === undefined) throw new Error(`${name} has no condition ${id} in ${preset}`);
  return bindCondition(condition);
}

/** Values by metric. */
export function valuesOf(reading: Reading | undefined): Record<string, number> {
  return Object.fromEntries((reading?.measurements ?? []).map(({ metric, value }) => [metric, value]));
}
