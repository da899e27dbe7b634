// What the samples of a window of time say: means weighted by the length of the intervals, and maxima of one interval.
import { type CpuMode, cpuModes, type Sample } from "./sample.ts";

export interface MeanAndMax {
  readonly mean: number;
  readonly max: number;
}

/** CPU time by mode, and `busy`: all but idle and iowait. Shares, 0 to 1. */
export type CpuSummary = Readonly<Record<CpuMode | "busy", MeanAndMax>>;

export interface SampleSummary {
  readonly samples: number;
  readonly seconds: number;
  readonly cpu: CpuSummary;
  readonly cores: readonly { readonly cpu: number; readonly summary: CpuSummary }[];
  /** Bytes a second. */
  readonly network: readonly {
    readonly name: string;
    readonly receive: MeanAndMax;
    readonly transmit: MeanAndMax;
  }[];
  /** kHz over all policies and samples; null where the machine has no cpufreq. */
  readonly frequencyKhz: { readonly min: number; readonly mean: number; readonly max: number } | null;
  /** The sampler's own CPU time as a share of all CPU time of the machine, at most; null below two samples. */
  readonly ownShare: number | null;
}

/** Summary of the samples whose interval lies within the window (instants, ISO 8601); null where there is none. */
export function summarizeSamples(
  samples: readonly Sample[],
  window: { from?: string; to?: string } = {},
): SampleSummary | null {
  const from = window.from === undefined ? -Infinity : Date.parse(window.from);
  const to = window.to === undefined ? Infinity : Date.parse(window.to);
  const chosen = samples.filter(
    (sample) => Date.parse(sample.at) - sample.intervalSeconds * 1000 >= from && Date.parse(sample.at) <= to,
  );
  if (chosen.length === 0) return null;
  const cpus = distinct(chosen.flatMap((sample) => sample.cores.map(({ cpu }) => cpu)));
  const names = distinct(chosen.flatMap((sample) => sample.network.map(({ name }) => name)));
  return {
    samples: chosen.length,
    seconds: chosen.reduce((total, { intervalSeconds }) => total + intervalSeconds, 0),
    cpu: summarizeCpu(chosen, (sample) => sample.cpu),
    cores: cpus.map((cpu) => ({
      cpu,
      summary: summarizeCpu(chosen, (sample) => sample.cores.find((core) => core.cpu === cpu)?.shares),
    })),
    network: names.map((name) => {
      const of = (sample: Sample) => sample.network.find((rates) => rates.name === name);
      return {
        name,
        receive: meanAndMax(chosen, (sample) => of(sample)?.receiveBytes),
        transmit: meanAndMax(chosen, (sample) => of(sample)?.transmitBytes),
      };
    }),
    frequencyKhz: summarizeFrequency(chosen),
    ownShare: ownShare(chosen),
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function summarizeCpu(
  samples: readonly Sample[],
  of: (sample: Sample) => Sample["cpu"] | undefined,
): CpuSummary {
  const modes = cpuModes.map((mode) => [mode, meanAndMax(samples, (sample) => of(sample)?.[mode])]);
  const busy = meanAndMax(samples, (sample) => {
    const shares = of(sample);
    if (shares === undefined) return undefined;
    return cpuModes
      .filter((mode) => mode !== "idle" && mode !== "iowait")
      .reduce((total, mode) => total + shares[mode], 0);
  });
  return { ...(Object.fromEntries(modes) as Record<CpuMode, MeanAndMax>), busy };
}

/** Samples without the value (a CPU that went offline, an interface that came later) do not count. */
function meanAndMax(samples: readonly Sample[], of: (sample: Sample) => number | undefined): MeanAndMax {
  let weighted = 0;
  let seconds = 0;
  let max = 0;
  for (const sample of samples) {
    const value = of(sample);
    if (value === undefined) continue;
    weighted += value * sample.intervalSeconds;
    seconds += sample.intervalSeconds;
    max = Math.max(max, value);
  }
  return { mean: seconds === 0 ? 0 : weighted / seconds, max };
}

function summarizeFrequency(samples: readonly Sample[]): SampleSummary["frequencyKhz"] {
  let min = Infinity;
  let max = 0;
  let total = 0;
  let count = 0;
  for (const { khz } of samples.flatMap((sample) => sample.frequencies)) {
    min = Math.min(min, khz);
    max = Math.max(max, khz);
    total += khz;
    count += 1;
  }
  return count === 0 ? null : { min, mean: total / count, max };
}

/** The kernel tells CPU time in whole ticks of USER_HZ, cut off. */
const tickSeconds = 0.01;

/**
 * From the end of the first sample to the end of the last, over all CPUs that were online. One tick is added for what
 * was cut off: an upper bound, which a window of some seconds overstates and none understates.
 */
function ownShare(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return null;
  const seconds = last.uptimeSeconds - first.uptimeSeconds;
  if (seconds <= 0) return null;
  return (last.ownSeconds - first.ownSeconds + tickSeconds) / (seconds * last.cores.length);
}
