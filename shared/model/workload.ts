// What every workload declares; one file each under shared/workloads implements it.
import { z } from "zod";
import type { Facts } from "./facts.ts";
import type { Measurement, Metric, Reading } from "./measurement.ts";
import { idSchema, lineSchema } from "./text.ts";

export const workloadNames = [
  "linpack",
  "stream",
  "randomaccess",
  "nuttcp",
  "netperf",
  "fio",
  "redis",
  "mysql",
] as const;
export const workloadNameSchema = z.enum(workloadNames);
export type WorkloadName = z.infer<typeof workloadNameSchema>;

/** One setting of a workload's parameters. The parameters are checked by the workload's own schema. */
export const conditionSchema = z.strictObject({
  id: idSchema,
  label: lineSchema,
  workload: workloadNameSchema,
  parameters: z.record(z.string(), z.unknown()),
});
export type Condition = z.infer<typeof conditionSchema>;

export const presetNames = ["quick", "as described", "as run"] as const;
export const presetNameSchema = z.enum(presetNames);
export type PresetName = z.infer<typeof presetNameSchema>;

/** A program of a run. `environment`: on the SUT, inside the configuration's environment. `loadgen`: on the load generator. */
export interface ProgramStep {
  readonly where: "environment" | "loadgen";
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** Exit statuses that count as success; default [0]. */
  readonly okStatus?: readonly number[];
}

/** All programs of one run, in the order in which they run. */
export interface RunProgram {
  /** Runs before the server and the measurement, to its end (lay out a file, fill a table). */
  readonly prepare: readonly ProgramStep[];
  /** Stays up while the run lasts; ready when its port accepts a connection from the load generator. */
  readonly server: (ProgramStep & { readonly readyPort: number }) | null;
  /** Run to their end before the measurement; recorded, never averaged in. */
  readonly warmUp: readonly ProgramStep[];
  /** The measurement. Its standard output is what the parser reads. */
  readonly measure: ProgramStep;
  /** After the measurement, whatever its outcome (delete the test file, flush the data). */
  readonly finish: readonly ProgramStep[];
}

/** What a workload may know of where it runs. */
export interface Surroundings {
  /** Address at which the load generator reaches the environment. */
  readonly serverAddress: string;
  /** Folder inside the environment for test files, on the storage that the configuration chose. */
  readonly dataFolder: string;
  /** Folder inside the environment that holds Tare's compiled kernels. */
  readonly kernelFolder: string;
  /** The same on the load generator. */
  readonly loadgenKernelFolder: string;
  /** Number of logical CPUs that the environment has. */
  readonly cpus: number;
  /** Path inside the environment of the block device that the configuration chose; null where test data lies in `dataFolder`. */
  readonly device: string | null;
}

/** A block device of the SUT that test data may go to. */
export interface DeviceRoom {
  readonly path: string;
  /** Null where the facts do not tell. */
  readonly sizeBytes: number | null;
}

/** What a workload needs of the machines before it can run. */
export interface Needs {
  /** Programs on the load generator; those of the environment are in the userland. */
  readonly loadgenTools: readonly string[];
  /** `mariadbd|mysqld`: any one of them. */
  readonly environmentTools: readonly string[];
  /** TCP and UDP ports that the server listens on; published where the network is behind NAT. */
  readonly ports: readonly { readonly port: number; readonly protocol: "tcp" | "udp" }[];
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** Writing for so many seconds at whatever rate the storage takes. */
export interface TimedWrites {
  readonly seconds: number;
  /** Share of the requests that write, 0 to 1. */
  readonly share: number;
  /** More than that is never written; null where time alone ends it. */
  readonly mostBytes: number | null;
}

/** What one run writes to where test data lies. */
export interface Writes {
  /** Written whatever happens: files laid out or copied, passes that end by themselves. */
  readonly bytes: number;
  /** Besides, once for all runs of a session with the same key: a data set. */
  readonly shared: { readonly key: string; readonly bytes: number } | null;
  readonly timed: TimedWrites | null;
  /** Seconds in which a server writes as much as its load asks for, at a rate that nothing here tells; 0 where none does. */
  readonly serverSeconds: number;
}

/** What the SUT counted from just before to just after the measured program. */
export interface HostCounters {
  /** Length of that window. */
  readonly seconds: number;
  /** Share of all CPUs' time that was not idle, 0 to 1. */
  readonly cpuBusy: number;
  /** Over all interfaces but lo: a packet that crosses NIC, bridge and veth counts three times. */
  readonly receivedPackets: number;
  readonly sentPackets: number;
}

/** A raw output as the campaign folder keeps it. */
export interface RawOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workload<P = unknown> {
  readonly name: WorkloadName;
  readonly title: string;
  /** What it measures and with which tool, in one sentence. */
  readonly summary: string;
  /** Counts up when the parser changes, so that old campaigns can be read again. */
  readonly parserVersion: number;
  readonly parameters: z.ZodType<P>;
  readonly metrics: readonly Metric[];
  /** Presets where they differ; a missing one is the same as "as described". */
  readonly presets: Readonly<Partial<Record<PresetName, readonly Condition[]>>>;
  /** Whether the network between the hosts takes part. */
  readonly network: boolean;
  needs(parameters: P): Needs;
  /** What a run writes to the storage; absent: nothing. `device`: whether the configuration chose a block device. */
  writes?(parameters: P, device: boolean): Writes;
  /** Seconds that one run takes, tool and warm-up together, without Tare's own time. */
  estimateSeconds(parameters: P): number;
  /** Reasons why these parameters cannot work on that machine; empty where they can. `device`: where the configuration chose one. */
  check(parameters: P, facts: Facts, device?: DeviceRoom): readonly string[];
  program(parameters: P, surroundings: Surroundings): RunProgram;
  /** Measurements that need the SUT's counters during the measured program besides its output (packets a transaction). */
  derive?(parameters: P, reading: Reading, counters: HostCounters): readonly Measurement[];
  /** Throws TareError OUTPUT_UNREADABLE, naming the first line that it could not read. */
  parse(raw: RawOutput, parameters: P): Reading;
  /** For `tare parse`: every reading in a file that the tool wrote (a log may hold several runs). */
  parseFile(text: string): readonly Reading[];
}
