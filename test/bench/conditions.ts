// The conditions of the benchmark: those of every workload's quick preset, for a chosen time. All of it comes from the registry.
import { type Condition, type WorkloadName, workloadNames } from "#shared/model/workload.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";

/** Parameters that say how often a program without a time of its own repeats what it measures. */
const counts = ["repetitions", "trials", "updates"];

/** Of each workload the last condition of its quick preset, which loads the machines most; or all of them. */
export function benchConditions(
  names: readonly WorkloadName[],
  { seconds, all }: { readonly seconds: number; readonly all: boolean },
): readonly Condition[] {
  return names
    .flatMap((name) => presetConditions(name, "quick").slice(all ? 0 : -1))
    .map((condition) => lasting(condition, seconds));
}

/** The last condition of each workload's quick preset as it stands. */
export const oneOfEach: readonly Condition[] = workloadNames.flatMap((name) =>
  presetConditions(name, "quick").slice(-1),
);

/** The last condition of a workload, for so many seconds. */
export function conditionOf(name: WorkloadName, seconds: number): Condition {
  const [condition] = benchConditions([name], { seconds, all: false });
  if (condition === undefined) throw new Error(`The quick preset of ${name} has no condition.`);
  return condition;
}

/** Measures for about that time: by its parameter `seconds`, or by doubling its count while the workload's own estimate is below. */
function lasting(condition: Condition, seconds: number): Condition {
  const { parameters } = condition;
  const changed = (name: string, value: number) => ({
    ...condition,
    parameters: { ...parameters, [name]: value },
  });
  if (typeof parameters["seconds"] === "number") return changed("seconds", seconds);
  const count = counts.find((name) => typeof parameters[name] === "number");
  if (count === undefined) return condition;
  const workload = workloads[condition.workload];
  let found = condition;
  for (let value = Number(parameters[count]); ; value *= 2) {
    const next = changed(count, value);
    const checked = workload.parameters.safeParse(next.parameters);
    if (!checked.success) return found;
    found = next;
    if (workload.estimateSeconds(checked.data) >= seconds) return found;
  }
}
