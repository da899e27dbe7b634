// Numbers as people read them, always the same way: in the terminal, in the report and in the window.

/** So many significant digits, without exponent; whole digits are never rounded away: `12.3`, `0.00123`, `1234`, `12 345`. NaN becomes "–". */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  const decimals = Math.max(0, digits - 1 - magnitude);
  return grouped(value.toFixed(Math.min(decimals, 100)));
}

/** A mean and its deviation with the same number of decimals: the deviation's two significant digits decide. */
export function meanText(mean: number | null, deviation: number | null): string {
  if (mean === null) return "–";
  if (deviation === null || deviation === 0) return significant(mean, 4);
  const magnitude = Math.floor(Math.log10(Number(deviation.toPrecision(2))));
  const decimals = Math.min(Math.max(0, 1 - magnitude), 9);
  return `${grouped(mean.toFixed(decimals))} ± ${grouped(deviation.toFixed(decimals))}`;
}

/** A ratio: three decimals near 1, three significant digits far from it. */
export function ratioText(ratio: number): string {
  if (!Number.isFinite(ratio)) return "–";
  return ratio >= 0.1 && ratio < 10 ? ratio.toFixed(3) : significant(ratio, 3);
}

/** `0.870 (0.850 to 0.890)`; a ratio without interval stands alone. */
export function ratioWithInterval(estimate: {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}): string {
  const { value, interval } = estimate;
  if (interval === null) return ratioText(value);
  return `${ratioText(value)} (${ratioText(interval[0])} to ${ratioText(interval[1])})`;
}

/** A share as per cent: `34 %`, `2.1 %`, `-4.0 %`. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = 100 * share;
  return `${percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0).replace("-0.0", "0.0")} %`;
}

/** `2 h 5 min`, `3 min 20 s`, `12 s`, `0.4 s`. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 9.95) return `${Number(Math.max(0, seconds).toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return twoUnits(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return twoUnits(Math.floor(hours / 24), "d", hours % 24, "h");
}

const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Bytes in powers of 1024: `512 B`, `1.5 GiB`, `16 GiB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Number(value.toFixed(1)) >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const rounded = unit === 0 ? value.toFixed(0) : String(Number(value.toFixed(value < 100 ? 1 : 0)));
  return `${rounded} ${binaryUnits[unit]}`;
}

/** `1 run`, `2 runs`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${grouped(String(count))} ${count === 1 ? one : many}`;
}

function twoUnits(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}

/** Five and more whole digits in groups of three, with a no-break space between (ISO 80000-1). */
function grouped(text: string): string {
  const [whole = "", decimals] = text.split(".");
  const digits = whole.replace("-", "");
  const spaced = digits.length < 5 ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, "\u00A0");
  return decimals === undefined ? spaced : `${spaced}.${decimals}`;
}
