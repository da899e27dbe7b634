// From what assets/host/sampler.sh printed to samples.
import { TareError } from "../model/error.ts";
import { cpuModes, type CpuShares, type InterfaceRates, type Sample } from "./sample.ts";

export interface SampleReader {
  /** Takes the next piece of output, cut anywhere, and returns the samples that it completes. */
  push(text: string): Sample[];
}

/**
 * All samples of a sampler's output. A torn last line is left out; an output without its first line has none.
 * Throws TareError OUTPUT_UNREADABLE at any other line that is not the sampler's.
 */
export function parseSamples(text: string): Sample[] {
  return createSampleReader().push(text);
}

/** Reads the output as it comes. `push` throws TareError OUTPUT_UNREADABLE. */
export function createSampleReader(): SampleReader {
  let rest = "";
  let start: Start | null = null;
  let before = 0;
  return {
    push(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      const samples: Sample[] = [];
      for (const line of lines) {
        if (start === null) {
          start = readStart(line);
          before = start.uptimeSeconds;
          continue;
        }
        const sample = readSample(line, start, before);
        before = sample.uptimeSeconds;
        samples.push(sample);
      }
      return samples;
    },
  };
}

interface Start {
  readonly wallSeconds: number;
  readonly uptimeSeconds: number;
  readonly ticksPerSecond: number;
}

/** Seconds since 1970 or boot; bounded, so that every instant is a date. */
const secondsPattern = String.raw`\d{1,11}(?:\.\d{1,9})?`;

function readStart(line: string): Start {
  const match = new RegExp(`^tare-sampler 1 (${secondsPattern}) (${secondsPattern}) (\\d{1,6})$`).exec(line);
  const ticksPerSecond = Number(match?.[3] ?? 0);
  if (match === null || ticksPerSecond === 0) throw unreadable(line);
  return { wallSeconds: Number(match[1]), uptimeSeconds: Number(match[2]), ticksPerSecond };
}

function readSample(line: string, start: Start, before: number): Sample {
  const match = new RegExp(`^sample (${secondsPattern}) own=(\\d{1,15}) (.*) end$`).exec(line);
  if (match === null) throw unreadable(line);
  const uptimeSeconds = Number(match[1]);
  const intervalSeconds = uptimeSeconds - before;
  if (intervalSeconds < 0) throw unreadable(line);
  const cores: { cpu: number; ticks: readonly number[] }[] = [];
  const network: InterfaceRates[] = [];
  const frequencies: { policy: number; khz: number }[] = [];
  for (const field of match[3]?.split(" ") ?? []) {
    const at = field.lastIndexOf("=");
    const key = field.slice(0, at);
    const counts = numbers(field.slice(at + 1));
    const [, kind, name = ""] = /^(cpu|net\.|khz\.policy)(.+)$/.exec(key) ?? [];
    if (counts === null) throw unreadable(line);
    if (kind === "cpu" && isIndex(name) && counts.length === cpuModes.length)
      cores.push({ cpu: Number(name), ticks: counts });
    else if (kind === "net." && counts.length === 4) network.push(rates(name, counts, intervalSeconds));
    else if (kind === "khz.policy" && isIndex(name) && counts.length === 1)
      frequencies.push({ policy: Number(name), khz: counts[0] ?? 0 });
    else throw unreadable(line);
  }
  if (cores.length === 0) throw unreadable(line);
  return {
    at: new Date((start.wallSeconds + uptimeSeconds - start.uptimeSeconds) * 1000).toISOString(),
    uptimeSeconds,
    intervalSeconds,
    cpu: shares(sum(cores.map(({ ticks }) => ticks))),
    cores: cores.map(({ cpu, ticks }) => ({ cpu, shares: shares(ticks) })),
    network,
    frequencies,
    ownSeconds: Number(match[2]) / start.ticksPerSecond,
  };
}

function isIndex(text: string): boolean {
  return /^\d{1,5}$/.test(text);
}

function numbers(text: string): number[] | null {
  const parts = text.split(",");
  return parts.every((part) => /^\d{1,15}$/.test(part)) ? parts.map(Number) : null;
}

function rates(name: string, counts: readonly number[], seconds: number): InterfaceRates {
  const [received = 0, receivedPackets = 0, sent = 0, sentPackets = 0] = counts;
  const perSecond = (count: number) => (seconds === 0 ? 0 : count / seconds);
  return {
    name,
    receiveBytes: perSecond(received),
    receivePackets: perSecond(receivedPackets),
    transmitBytes: perSecond(sent),
    transmitPackets: perSecond(sentPackets),
  };
}

function sum(rows: readonly (readonly number[])[]): number[] {
  return cpuModes.map((_, mode) => rows.reduce((total, ticks) => total + (ticks[mode] ?? 0), 0));
}

/** Against the ticks that were counted, not the clock: both are whole hundredths of a second and would not add up. */
function shares(ticks: readonly number[]): CpuShares {
  const total = ticks.reduce((all, count) => all + count, 0);
  const entries = cpuModes.map((mode, index) => [mode, total === 0 ? 0 : (ticks[index] ?? 0) / total]);
  return Object.fromEntries(entries) as CpuShares;
}

function unreadable(line: string): TareError {
  return new TareError("OUTPUT_UNREADABLE", "The sampler's output holds a line that is not its own.", {
    detail: line.slice(0, 500),
  });
}
