// Where the numbers of a figure come from, campaign by campaign: what stands on saved pages and beside them.
import type { Dataset } from "../model/dataset.ts";
import { countText } from "../report/number.ts";
import { pointOfKey } from "./overlay.ts";

export interface Provenance {
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly text: string }[];
}

const citation =
  "W. Felter, A. Ferreira, R. Rajamony, J. Rubio: An Updated Performance Comparison of Virtual Machines and Linux " +
  "Containers. IBM Research Report RC25482, 2014";

/** One entry for each campaign that a drawn point (by `pointKey`) belongs to; for all, where no point says so. */
export function provenanceOf(datasets: readonly Dataset[], keys: readonly string[]): Provenance[] {
  const drawn = new Map<string, Set<string>>();
  for (const key of keys) {
    const point = pointOfKey(key);
    if (point === null) continue;
    const ids = drawn.get(point.campaignId) ?? new Set();
    drawn.set(point.campaignId, ids.add(point.pointId));
  }
  const named = datasets.filter(({ id }) => drawn.has(id));
  return (named.length === 0 ? datasets : named).map((dataset) => ({
    title: dataset.name,
    facts: [...factsOf(dataset), ...sourceFacts(dataset, drawn.get(dataset.id) ?? new Set())],
  }));
}

function factsOf({
  id,
  origin,
  place,
  createdAt,
  blocks,
  status,
  demo,
  network,
}: Dataset): Provenance["facts"] {
  return [
    { name: "Campaign", text: id },
    ...(origin === "paper" ? [{ name: "Report", text: citation }] : []),
    { name: "Machines", text: place },
    { name: origin === "paper" ? "Data of" : "Made", text: createdAt.slice(0, 10) },
    ...(blocks === null ? [] : [{ name: "Design", text: `${countText(blocks, "block")}, ${status}` }]),
    ...(network === null ? [] : [{ name: "Network", text: network }]),
    ...(demo
      ? [{ name: "Note", text: "Both hosts are parts of one machine: nothing here is a result." }]
      : []),
  ];
}

/** Series and files of the paper's repository behind the drawn points. */
function sourceFacts({ points }: Dataset, drawn: ReadonlySet<string>): Provenance["facts"] {
  const series = new Map(
    points.flatMap(({ id, source }) =>
      source !== null && drawn.has(id) ? [[source.series, source] as const] : [],
    ),
  );
  return [...series.values()].map(({ series: name, files, derivation }) => ({
    name,
    text: [files.join(", "), derivation].filter(Boolean).join("; "),
  }));
}
