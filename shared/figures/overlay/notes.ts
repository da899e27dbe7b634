// What a subtitle says beside where and when: labels that disagree with the data, conditions that differ, what is not drawn.
import type { DataPoint, Subject, Terms } from "../../model/dataset.ts";
import { paperEnvironmentLabel } from "../../reference/paper-environments.ts";
import type { OverlayInputs } from "../overlay.ts";
import { shortened } from "./lines.ts";
import { campaignLetter } from "./looks.ts";
import type { Series, Wanted } from "./series.ts";
import { otherUnits } from "./series.ts";
import { valueOf } from "./values.ts";

interface Labelled extends Pick<Series, "dataset" | "slot"> {
  readonly points: readonly Pick<DataPoint, "paperEnvironment">[];
}

/** Which labels of the paper its own data contradict, under either labelling, and why. */
export function labelNotes(
  { labelling }: OverlayInputs,
  series: readonly Labelled[],
  subject: Subject,
): string[] {
  const notes = series.flatMap(({ dataset, slot, points }) => {
    const paper = points[0]?.paperEnvironment ?? null;
    if (paper === null) return [];
    const reason = dataset.contradictions.find(
      (each) => each.subject === subject && each.id.endsWith("label"),
    );
    const [why] = (reason?.reason ?? "").split(/(?<=\.) /u);
    const [data, label] = [`“${slot.label}”`, `“${paperEnvironmentLabel(paper)}”`];
    const shown =
      labelling === "paper"
        ? `${label} is the paper's label; by its data it is ${data}.`
        : `${data} is what the data show; the paper's label is ${label}.`;
    return [why === undefined || why === "" ? shown : `${shown} ${why}`];
  });
  return [...new Set(notes)];
}

/** Conditions that are not the same in all campaigns (`pipeline 1, 10`), so that nobody takes them for equal. */
export function differenceNotes(series: readonly Series[], without: readonly string[]): string[] {
  if (new Set(series.map(({ campaign }) => campaign)).size < 2) return [];
  const values = new Map<string, Set<string>>();
  const holders = new Map<string, Set<number>>();
  for (const { points, campaign } of series)
    for (const [name, value] of points.flatMap(({ terms }) => Object.entries(terms))) {
      if (value === null || without.includes(name)) continue;
      values.set(name, (values.get(name) ?? new Set()).add(String(value)));
      holders.set(name, (holders.get(name) ?? new Set()).add(campaign));
    }
  const differing = [...values]
    .filter(([name, found]) => found.size > 1 && (holders.get(name)?.size ?? 0) > 1)
    .map(
      ([name, found]) =>
        `${termName(name)} ${[...found]
          .slice(0, 4)
          .map((each) => shortened(each, 24))
          .join(", ")}${found.size > 4 ? " …" : ""}`,
    );
  return differing.length === 0 ? [] : [`The conditions differ: ${differing.join("; ")}.`];
}

const termNames: Readonly<Record<string, string>> = {
  payload_bytes: "payload (B)",
  keyspace: "keys",
  table_rows: "rows",
  request_bytes: "request (B)",
  response_bytes: "response (B)",
  duration_s: "duration (s)",
  problem_size: "equations",
  bs_bytes: "block (B)",
  iodepth: "depth",
  numjobs: "jobs",
};

function termName(name: string): string {
  return termNames[name] ?? name.replaceAll("_", " ");
}

/** What was measured and is not drawn: in another unit, or without a native to compare with. */
export function missingNotes(inputs: OverlayInputs, series: readonly Series[], wanted: Wanted): string[] {
  const { datasets, scale } = inputs;
  const units = datasets.flatMap((dataset) => {
    const found = otherUnits(dataset, wanted);
    return found.length === 0 ? [] : [`${shortened(dataset.name, 44)} (${found.join(", ")})`];
  });
  const alone = new Set(
    series
      .filter(
        ({ points, slot }) =>
          points.length > 0 && points.every((point) => valueOf(point, slot, scale) === null),
      )
      .map(({ dataset, campaign, label }) =>
        datasets.length > 1
          ? `${campaignLetter(campaign)} ${shortened(label, 44)}`
          : shortened(dataset.slots.length > 0 ? label : dataset.name, 44),
      ),
  );
  return [
    ...(units.length === 0 ? [] : [`Not drawn, measured in another unit: ${units.join(", ")}.`]),
    ...(alone.size === 0 ? [] : [`Not drawn, no native to compare with: ${listed([...alone])}.`]),
  ];
}

function listed(names: readonly string[]): string {
  return names.length <= 4
    ? names.join(", ")
    : `${names.slice(0, 4).join(", ")} and ${names.length - 4} others`;
}

/** Campaigns of which a term by which conditions differ is not known (`sockets`), so that nobody takes them for equal. */
export function unknownNotes(series: readonly Series[], term: string | null): string[] {
  if (term === null) return [];
  const names = series.flatMap(({ dataset, campaign, look, points }) =>
    points.some(({ terms }) => typeof terms[term] !== "number")
      ? [look.letter === "" ? dataset.name : `${campaignLetter(campaign)} ${dataset.name}`]
      : [],
  );
  const found = [...new Set(names)].map((name) => shortened(name, 44));
  return found.length === 0 ? [] : [`Number of ${term} not recorded: ${listed(found)}.`];
}

/** Terms that differ between two of these, and only those. */
export function differingTerms(all: readonly Terms[]): (terms: Terms) => Terms {
  const names = new Set(all.flatMap((terms) => Object.keys(terms)));
  const differing = [...names].filter((name) => new Set(all.map((terms) => terms[name] ?? null)).size > 1);
  return (terms) => Object.fromEntries(differing.map((name) => [name, terms[name] ?? null]));
}
