// One second of a machine: CPU time by mode and CPU, traffic, frequency.

/** CPU modes in the order of /proc/stat. */
export const cpuModes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"] as const;
export type CpuMode = (typeof cpuModes)[number];

/** Shares of time, 0 to 1; they add up to 1, or are all 0 where a CPU counted nothing (offline, stopped). */
export type CpuShares = Readonly<Record<CpuMode, number>>;

export interface Sample {
  /** End of the interval by the wall clock at the sampler's start plus monotonic time since, ISO 8601. */
  readonly at: string;
  /** End of the interval, seconds since the machine's boot. */
  readonly uptimeSeconds: number;
  readonly intervalSeconds: number;
  /** All CPUs together. */
  readonly cpu: CpuShares;
  readonly cores: readonly { readonly cpu: number; readonly shares: CpuShares }[];
  /** Per second. */
  readonly network: readonly InterfaceRates[];
  /** Current frequency of each policy; empty where the machine has no cpufreq. */
  readonly frequencies: readonly { readonly policy: number; readonly khz: number }[];
  /** CPU time that the sampler has used since its start. */
  readonly ownSeconds: number;
}

export interface InterfaceRates {
  readonly name: string;
  readonly receiveBytes: number;
  readonly receivePackets: number;
  readonly transmitBytes: number;
  readonly transmitPackets: number;
}
