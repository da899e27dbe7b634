// A condition's parameters, checked by its workload, and what all conditions of a campaign need together.
import type { Campaign } from "../model/campaign.ts";
import { TareError } from "../model/error.ts";
import type { Condition, Needs, Workload, WorkloadName } from "../model/workload.ts";

export type Workloads = Readonly<Record<WorkloadName, Workload>>;

/** Throws TareError INPUT_INVALID that names the first parameter which cannot be used. */
export function parametersOf(condition: Condition, workload: Workload): unknown {
  const parsed = workload.parameters.safeParse(condition.parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "parameters" : issue.path.join(".");
  throw new TareError(
    "INPUT_INVALID",
    `The condition "${condition.label}" of ${workload.title} cannot be used: ${place}: ${issue?.message ?? "not valid"}.`,
  );
}

/** Ports on which any server of the campaign listens, each once, in ascending order. */
export function portsOf(campaign: Pick<Campaign, "conditions">, workloads: Workloads): Needs["ports"] {
  const ports = new Map<string, Needs["ports"][number]>();
  for (const condition of campaign.conditions) {
    const workload = workloads[condition.workload];
    for (const each of workload.needs(parametersOf(condition, workload)).ports)
      ports.set(`${each.protocol} ${each.port}`, each);
  }
  return [...ports.values()].sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
}
