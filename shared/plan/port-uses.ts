// Which workloads use which ports: for the table of what a configuration publishes, and for the test of reachability.
import type { Condition } from "../model/workload.ts";
import { portsOf, type Workloads } from "./parameters.ts";

export interface PortUse {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Titles of the workloads whose servers listen there. */
  readonly workloads: readonly string[];
}

/** Each port once, in ascending order. Throws TareError INPUT_INVALID where a condition's parameters cannot be used. */
export function portUses(conditions: readonly Condition[], workloads: Workloads): PortUse[] {
  const key = ({ port, protocol }: Pick<PortUse, "port" | "protocol">) => `${protocol} ${port}`;
  const users = new Map<string, Set<string>>();
  for (const condition of conditions)
    for (const each of portsOf({ conditions: [condition] }, workloads)) {
      const titles = users.get(key(each)) ?? new Set();
      users.set(key(each), titles.add(workloads[condition.workload].title));
    }
  return portsOf({ conditions: [...conditions] }, workloads).map((each) => ({
    ...each,
    workloads: [...(users.get(key(each)) ?? [])],
  }));
}
