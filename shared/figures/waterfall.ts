// Bars that reach from the value before a step to the value after it.
import type { LadderRow, LadderStep } from "../model/result.ts";
import { ratioWithInterval, shareText, significant } from "../report/number.ts";
import type { BarTrace, ErrorBars } from "./figure.ts";
import { plainText } from "./figure.ts";
import { indistinguishableColor } from "./palette.ts";
import type { FigureTheme } from "./palette.ts";
import { doubtOf, proofLines } from "./proof.ts";

/** One bar of the waterfall. Texts are Plotly's (`plainText`). */
export interface WaterfallBar extends Pick<LadderStep, "evidence" | "emulated" | "distinguishable"> {
  readonly name: string;
  /** Null where there is nothing to compare with: the bar then begins at zero. */
  readonly from: number | null;
  readonly to: number | null;
  readonly color: string;
  readonly hover: string;
  /** What a click opens; empty: nothing. */
  readonly key: string;
}

export function waterfallTrace(
  bars: readonly WaterfallBar[],
  {
    title,
    theme,
    errors,
  }: { readonly title: string; readonly theme: FigureTheme; readonly errors: ErrorBars },
): BarTrace {
  const grey = indistinguishableColor[theme.scheme];
  return {
    type: "bar",
    name: plainText(title),
    legendgroup: "steps",
    showlegend: false,
    offsetgroup: "steps",
    x: bars.map(({ name }) => inLines(name)),
    base: bars.map(({ from, to }) => (to === null ? null : (from ?? 0))),
    y: bars.map(({ from, to }) => (to === null ? null : to - (from ?? 0))),
    error_y: errors,
    hovertext: bars.map(({ hover }) => hover),
    hoverinfo: "text",
    customdata: bars.map(({ key }) => key),
    marker: {
      color: bars.map(({ distinguishable, color }) => (distinguishable === false ? grey : color)),
      line: { color: bars.map(({ color }) => color), width: 1.5 },
      pattern: { shape: bars.map((bar) => (doubtOf(bar) === null ? "" : "/")), fgcolor: theme.paper },
    },
  };
}

/** What is shown when a step is pointed at. */
export function stepText(unit: string, step: LadderStep, before: LadderStep | undefined): string {
  const { label, mean, ratio, share, distinguishable } = step;
  const value =
    before?.mean == null || mean === null
      ? `${significant(mean ?? Number.NaN, 4)} ${unit}`
      : fromTo(before.mean, mean, unit);
  return [
    plainText(label),
    value,
    ...(ratio === null ? [] : [`${ratioWithInterval(ratio)} of the step before`]),
    ...(share === null ? [] : [`${shareText(share)} of the whole way`]),
    ...(distinguishable === false ? ["not distinguishable from the step before"] : []),
    ...proofLines(step),
  ].join("<br>");
}

/** From the first step to the last; null where either was not measured. `proof`: what the evidence at both ends says. */
export function wholeBar(
  { steps, metric, total, distinguishable }: LadderRow,
  proof: Pick<WaterfallBar, "evidence" | "emulated">,
  colorOf: (step: LadderStep) => string,
): WaterfallBar | null {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first?.mean == null || last?.mean == null) return null;
  return {
    ...proof,
    // Short and Tare's own, so that it is the same under the bar and in the key.
    name: "The whole way",
    from: first.mean,
    to: last.mean,
    color: colorOf(last),
    hover: [
      "The whole way",
      fromTo(first.mean, last.mean, metric.unit),
      ...(total === null ? [] : [`${ratioWithInterval(total)} of ${plainText(first.label)}`]),
      ...(distinguishable === false ? [`not distinguishable from ${plainText(first.label)}`] : []),
      ...proofLines(proof),
    ].join("<br>"),
    key: "",
    distinguishable,
  };
}

function fromTo(from: number, to: number, unit: string): string {
  return `from ${significant(from, 4)} to ${significant(to, 4)} ${unit}`;
}

/** Longest line under a bar; where labels are longer Plotly would turn them into the legend. */
const lineLength = 16;

/** Words in lines that fit under a bar. */
function inLines(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineLength)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("<br>");
}
