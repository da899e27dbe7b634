// What is shown when a point of a campaign is pointed at.
import type { DataPoint } from "../../model/dataset.ts";
import { countText, ratioWithInterval, significant } from "../../report/number.ts";
import { plainText } from "../figure.ts";
import { proofLines } from "../proof.ts";
import { inLines } from "./lines.ts";
import type { Series } from "./series.ts";

/** Label, campaign, condition, value, interval, blocks, ratio, proof; of the paper where it comes from. */
export function pointHover(
  { label, dataset, look }: Pick<Series, "label" | "dataset" | "look">,
  point: DataPoint,
): string {
  const { unit, title, ratio, distinguishable, failed } = point;
  const campaign = look.letter === "" ? dataset.name : `${look.letter}: ${dataset.name}`;
  return [
    ...textLines(label),
    ...textLines(campaign),
    ...textLines([point.conditionLabel, title].filter((part) => part !== "").join(", ")),
    plainText(`${significant(point.mean, 4)} ${unit}; ${intervalText(point)}`),
    ...(point.deviationNote === null || point.deviation === null
      ? []
      : textLines(`deviation ${significant(point.deviation, 3)} ${unit}: ${point.deviationNote}`)),
    repeatsText(point, dataset.origin === "paper"),
    ...(ratio === null ? [] : [`${ratioWithInterval(ratio)} of native`]),
    ...(distinguishable === false ? ["not distinguishable from native"] : []),
    ...proofLines(point),
    ...(failed > 0 ? [countText(failed, "run failed", "runs failed")] : []),
    ...sourceLines(point),
  ].join("<br>");
}

function intervalText({ interval, unit }: DataPoint): string {
  return interval === null
    ? "no interval"
    : `95 % interval ${significant(interval[0], 4)} to ${significant(interval[1], 4)} ${unit}`;
}

function repeatsText({ n }: DataPoint, paper: boolean): string {
  if (n === null) return "number of repeats not stated";
  return paper ? countText(n, "repeat") : countText(n, "block");
}

function sourceLines({ source, paperEnvironment, environment }: DataPoint): string[] {
  if (source === null) return [];
  const [first = "no file", ...others] = source.files;
  const rest = others.length === 0 ? "" : ` and ${countText(others.length, "other file")}`;
  return [
    ...(paperEnvironment === null
      ? []
      : textLines(`the paper's label: ${paperEnvironment}; by its data: ${environment ?? "unknown"}`)),
    ...(source.derivation === "" ? [] : textLines(source.derivation)),
    ...textLines(`from ${first}${rest}`),
    ...(source.note === null ? [] : textLines(source.note)),
  ];
}

/** In lines that fit beside a point. */
function textLines(text: string): string[] {
  return inLines(text, 72, 6).map(plainText);
}
