// Measurements from a workload's own table of metrics, so that name and unit always agree; and sizes in words.
import type { Measurement, Metric } from "../model/measurement.ts";

/** Makes measurements of the given metrics; a name that the table does not hold is a programming error. */
export function measurer(metrics: readonly Metric[]): (name: string, value: number) => Measurement {
  const units = new Map(metrics.map((metric) => [metric.name, metric.unit]));
  return (name, value) => {
    const unit = units.get(name);
    if (unit === undefined) throw new Error(`no metric is called ${name}`);
    return { metric: name, value, unit };
  };
}

/** Bytes as people read them: `36.9 GiB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let index = 0;
  while (value >= 1024 && index < units.length - 1) {
    value /= 1024;
    index += 1;
  }
  return `${index === 0 ? value : value.toFixed(1)} ${units[index]}`;
}

/** What stands against `bytes` of memory on a machine with `available` bytes; empty where nothing does. */
export function memoryShortage(
  what: string,
  bytes: number,
  host: string,
  available: number,
): readonly string[] {
  if (bytes <= available) return [];
  return [`${what} needs ${bytesText(bytes)} of memory; ${host} has ${bytesText(available)} available.`];
}
