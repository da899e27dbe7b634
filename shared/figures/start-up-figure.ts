// Start-up of environments: a bar each, on a logarithmic axis where a guest takes many times as long as a container.
import type { StartUpRow } from "../model/result.ts";
import { countText, meanText, ratioWithInterval } from "../report/number.ts";
import { barVerdictKeys } from "./bar-keys.ts";
import { plainText } from "./figure.ts";
import type { Axis, Figure, FigureInputs } from "./figure.ts";
import { errorBars, frame, slotStyles, unitText } from "./frame.ts";
import { indistinguishableColor } from "./palette.ts";
import { doubtOf, proofLines } from "./proof.ts";

/** From so many times on, the shorter bars can't be read on a linear axis. */
const logarithmicFrom = 20;

/** The figure, or none where no start was measured. */
export function startUpFigures(inputs: FigureInputs): Figure[] {
  const { campaign, theme, results } = inputs;
  const rows = results.startUp;
  if (rows.length === 0) return [];
  const grey = indistinguishableColor[theme.scheme];
  const colors = new Map(slotStyles(campaign, theme).map(({ slot, color }) => [slot, color]));
  const colorOf = ({ slot }: StartUpRow) => colors.get(slot) ?? theme.text;
  const names = rows.map(({ label, slot }) =>
    plainText(rows.some((row) => row.label === label && row.slot !== slot) ? `${label} (${slot})` : label),
  );
  const title = "Start-up: from the command to the first answer on a port";
  const words = { title, x: "Configuration", y: unitText("s", "lower"), workload: null };
  const layout = frame(inputs, words);
  const place = { slot: "start-up", group: names[0] ?? "", against: "native" };
  return [
    {
      id: "start-up",
      workload: null,
      title,
      data: [
        {
          type: "bar",
          name: "Start-up",
          legendgroup: "start-up",
          showlegend: false,
          offsetgroup: place.slot,
          x: names,
          y: rows.map(({ mean }) => mean),
          error_y: errorBars(
            rows.map(({ mean, values }) => ({
              mean,
              values: values.map(({ seconds }) => ({ value: seconds })),
            })),
            theme,
          ),
          hovertext: rows.map(hoverText),
          hoverinfo: "text",
          marker: {
            color: rows.map((row) => (row.distinguishable === false ? grey : colorOf(row))),
            line: { color: rows.map(colorOf), width: 1.5 },
            pattern: {
              shape: rows.map((row) => (doubtOf(row) === null ? "" : "/")),
              fgcolor: theme.paper,
            },
          },
        },
        ...barVerdictKeys(rows, place, theme),
      ],
      layout: {
        ...layout,
        barmode: "group",
        xaxis: { ...layout.xaxis, type: "category", showgrid: false },
        yaxis: secondsAxis(layout.yaxis, rows),
      },
    },
  ];
}

/** Bars have no foot on a logarithmic axis: it begins at the power of ten below the shortest. */
function secondsAxis(axis: Axis, rows: readonly StartUpRow[]): Axis {
  const seconds = rows.flatMap(({ values }) => values.map((value) => value.seconds));
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  if (!(least > 0) || most / least < logarithmicFrom) return axis;
  const { rangemode: _, ...logarithmic } = axis;
  return {
    ...logarithmic,
    type: "log",
    range: [Math.ceil(Math.log10(least)) - 1, Math.floor(Math.log10(most)) + 1],
    title: { ...axis.title, text: `${axis.title.text}, logarithmic` },
  };
}

function hoverText(row: StartUpRow): string {
  const { label, mean, deviation, values, ratio, distinguishable } = row;
  const against = plainText(row.comparedWith ?? "native");
  return [
    plainText(label),
    `${meanText(mean, deviation)} s`,
    countText(values.length, "block"),
    ...(ratio === null ? [] : [`${ratioWithInterval(ratio)} of ${against}`]),
    ...(distinguishable === false ? [`not distinguishable from ${against}`] : []),
    ...proofLines(row),
  ].join("<br>");
}
