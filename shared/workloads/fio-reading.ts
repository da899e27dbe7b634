// What one fio job yields, whichever format it was printed in.
import type { Distribution, Measurement, Metric, Reading } from "../model/measurement.ts";
import { measurer } from "./measure.ts";

/** One direction of a job, in base units. */
export interface FioSide {
  readonly side: "read" | "write";
  readonly iops: number;
  readonly bytesPerSecond: number;
  /** Completion latency, µs. */
  readonly latency: {
    readonly mean: number;
    readonly p50: number | null;
    readonly p99: number | null;
  } | null;
  readonly distribution: Pick<Distribution, "values" | "counts"> | null;
}

const sides = ["read", "write"] as const;

function sideMetrics(side: FioSide["side"]): readonly Metric[] {
  const title = side === "read" ? "Reads" : "Writes";
  const latency = (name: string, text: string): Metric => ({
    name: `${side}-latency-${name}`,
    title: `${title}, completion latency, ${text}`,
    unit: "µs",
    better: "lower",
    primary: false,
  });
  return [
    { name: `${side}-iops`, title, unit: "1/s", better: "higher", primary: false },
    {
      name: `${side}-bandwidth`,
      title: `${title}, bandwidth`,
      unit: "MB/s",
      better: "higher",
      primary: false,
    },
    latency("mean", "mean"),
    latency("p50", "median"),
    latency("p99", "99th percentile"),
  ];
}

/** Large blocks are judged by bandwidth, small ones by operations a second; a job reports the one that fits. */
export const fioMetrics: readonly Metric[] = [
  { name: "bandwidth", title: "Bandwidth, reads and writes", unit: "MB/s", better: "higher", primary: true },
  { name: "iops", title: "Operations, reads and writes", unit: "1/s", better: "higher", primary: true },
  ...sides.flatMap(sideMetrics),
];
const measure = measurer(fioMetrics);

/** Bytes from which on a job is judged by its bandwidth. */
export const largeBlock = 65_536;

/** The reading of a job with blocks of `blockBytes`; MB are 1e6 bytes. */
export function fioReading(
  found: readonly FioSide[],
  blockBytes: number,
  remarks: readonly string[],
): Reading {
  const sum = (pick: (side: FioSide) => number): number =>
    found.reduce((total, side) => total + pick(side), 0);
  const total =
    blockBytes >= largeBlock
      ? measure("bandwidth", sum(({ bytesPerSecond }) => bytesPerSecond) / 1e6)
      : measure(
          "iops",
          sum(({ iops }) => iops),
        );
  return {
    measurements: [total, ...found.flatMap(sideMeasurements)],
    distributions: found.flatMap(({ side, distribution }) =>
      distribution === null ? [] : [{ metric: `${side}-latency`, unit: "µs", ...distribution }],
    ),
    remarks: [...remarks],
  };
}

function sideMeasurements({ side, iops, bytesPerSecond, latency }: FioSide): readonly Measurement[] {
  const optional = (name: string, value: number | null | undefined): readonly Measurement[] =>
    value === null || value === undefined ? [] : [measure(`${side}-latency-${name}`, value)];
  return [
    measure(`${side}-iops`, iops),
    measure(`${side}-bandwidth`, bytesPerSecond / 1e6),
    ...optional("mean", latency?.mean),
    ...optional("p50", latency?.p50),
    ...optional("p99", latency?.p99),
  ];
}
