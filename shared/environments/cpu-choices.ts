// One-click choices of CPUs: each makes a configuration's pinning, and a guest's layout, from the facts of a SUT.
import type { Configuration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";

export type CpuChoiceName =
  | "host"
  | "one-socket"
  | "all-sockets"
  | "one-node"
  | "cores"
  | "near-nic"
  | "threads";

export interface CpuChoice {
  readonly name: CpuChoiceName;
  /** "One socket". */
  readonly title: string;
  /** One sentence: what it gives on this machine, or why the machine has no such thing. */
  readonly reason: string;
  /** Null where the machine has no such thing. `machine` is null for what is no guest. */
  readonly chosen: {
    readonly pinning: Configuration["pinning"];
    readonly machine: KvmConfiguration["machine"] | null;
  } | null;
}

/** All of them, in the order in which they are offered; `threads` (vCPUs on the CPUs that are chosen) for guests alone. */
export declare function cpuChoices(
  configuration: Configuration,
  facts: Facts,
  lab: Lab | null,
): readonly CpuChoice[];
