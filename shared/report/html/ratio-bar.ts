// A ratio as a drawing in a table's cell: from 1 to the ratio, with its interval. Needs no script and prints.
import type { EnvironmentName } from "../../model/configuration.ts";
import type { Estimate } from "../../model/result.ts";
import { ratioWithInterval } from "../number.ts";
import { html, type Markup } from "./markup.ts";

export interface RatioBar {
  readonly ratio: Estimate;
  readonly environment: EnvironmentName;
  /** Grey: not distinguishable. */
  readonly distinguishable: boolean | null;
  /** Hatched: not proven. */
  readonly proven: boolean;
}

const width = 160;
const height = 14;

/** Logarithm's distance from 1 that the bars of a group reach to, at least that of 10 %. */
export function reachOf(ratios: readonly Estimate[]): number {
  const ends = ratios
    .flatMap(({ value, interval }) => [value, ...(interval ?? [])])
    .filter((end) => end > 0 && Number.isFinite(end))
    .map((end) => Math.abs(Math.log(end)));
  // An interval of few blocks may reach anywhere: it is cut at a factor of 100.
  return Math.min(Math.log(100), Math.max(Math.log(1.1), ...ends)) * 1.04;
}

export function ratioBar(
  { ratio, environment, distinguishable, proven }: RatioBar,
  reach: number,
): Markup | null {
  if (!(ratio.value > 0)) return null;
  const at = (value: number) => {
    const share = Math.log(Math.max(value, 1e-9)) / reach;
    return Number(((width / 2) * (1 + Math.max(-1, Math.min(1, share)))).toFixed(1));
  };
  const [from, to] = [at(1), at(ratio.value)].toSorted((a, b) => a - b) as [number, number];
  const tone = distinguishable === false ? "same" : environment;
  const [low, high] = ratio.interval ?? [null, null];
  return html`<svg
    class="ratio"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${ratioWithInterval(ratio)}"
  >
    <line class="one" x1="${width / 2}" x2="${width / 2}" y1="0" y2="${height}" />
    <rect
      class="bar ${tone}${proven ? "" : " unproven"}"
      x="${from}"
      y="4"
      width="${Math.max(1, Number((to - from).toFixed(1)))}"
      height="6"
    />
    ${
      low === null || high === null
        ? null
        : html`<path class="whisker" d="M${at(low)} 3v8M${at(low)} 7H${at(high)}M${at(high)} 3v8" />`
    }
  </svg>`;
}

/** Hatches of bars that are not proven; stands once in the page. */
export const hatches: Markup = html`<svg class="hatches" width="0" height="0" aria-hidden="true">
  <defs>
    ${(["native", "docker", "kvm", "same"] as const).map(
      (tone) =>
        html`<pattern
          id="hatch-${tone}"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
          ><rect class="${tone}" width="2" height="4"
        /></pattern>`,
    )}
  </defs>
</svg> `;
