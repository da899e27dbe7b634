// A point's value on the scale asked for.
import type { DataPoint, DataSlot } from "../../model/dataset.ts";
import type { Estimate } from "../../model/result.ts";
import type { ErrorBars } from "../figure.ts";
import type { Scale } from "../overlay.ts";

/** The mean, or the ratio to the campaign's own native; native itself is 1. Null where there is nothing to compare with. */
export function valueOf(point: DataPoint, slot: DataSlot, scale: Scale): Estimate | null {
  if (scale === "absolute") return { value: point.mean, interval: point.interval };
  if (point.ratio !== null) return Number.isFinite(point.ratio.value) ? point.ratio : null;
  return slot.environment === "native" && !slot.control ? { value: 1, interval: null } : null;
}

/** Throughput that is lost against native, %; null where there is no native. */
export function lossOf(point: DataPoint): Estimate | null {
  const { ratio } = point;
  if (ratio === null || !Number.isFinite(ratio.value)) return null;
  const loss = (share: number) => 100 * (1 - share);
  return {
    value: loss(ratio.value),
    interval: ratio.interval === null ? null : [loss(ratio.interval[1]), loss(ratio.interval[0])],
  };
}

interface ErrorLook {
  readonly color: string;
  /** Nothing lies below it: an interval that does is drawn to it. */
  readonly floor?: number;
  /** Of the bar across each end, pixels. */
  readonly width?: number;
}

/** Half widths around the values; nothing where none has an interval. */
export function barsOfErrors(
  values: readonly (Estimate | null)[],
  { color, floor = 0, width = 4 }: ErrorLook,
): { readonly error_y?: ErrorBars } {
  const known = values.filter((value) => value !== null);
  if (known.every(({ interval }) => interval === null)) return {};
  const half = (value: Estimate | null, side: 0 | 1): number => {
    if (value === null || value.interval === null) return 0;
    const end = value.interval[side];
    if (!Number.isFinite(end)) return 0;
    return side === 1
      ? Math.max(0, end - value.value)
      : Math.max(0, value.value - Math.max(end, Math.min(floor, value.value)));
  };
  return {
    error_y: {
      type: "data",
      symmetric: false,
      array: values.map((value) => half(value, 1)),
      arrayminus: values.map((value) => half(value, 0)),
      color,
      thickness: 1.2,
      // A value without interval must not look like one with a narrow one.
      width: known.some(({ interval }) => interval === null) ? 0 : width,
    },
  };
}
