// Figures and tables in groups: by what they show, the paper's first, then those beyond it.
import { subjectTitle } from "#shared/dataset/subject-title.ts";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import type { FigureDefinition } from "#shared/figures/overlay.ts";
import { tableDefinitions, type TableDefinition } from "#shared/figures/paper/tables.ts";
import type { KnownCampaign } from "./library-campaigns.ts";

export type FigureEntry = FigureDefinition | TableDefinition;

export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly FigureEntry[];
}

/** The tables before the figures: in a group they come first. */
export const figureEntries: readonly FigureEntry[] = [...tableDefinitions, ...figureDefinitions];

export function isTable(entry: FigureEntry): entry is TableDefinition {
  return "make" in entry;
}

/** Groups in the order in which their first figure stands. */
export function figureGroups(entries: readonly FigureEntry[]): FigureGroup[] {
  const groups = new Map<string, FigureEntry[]>();
  for (const entry of entries)
    groups.set(groupTitle(entry), [...(groups.get(groupTitle(entry)) ?? []), entry]);
  const place = (title: string) =>
    title === beyondThePaper
      ? Infinity
      : (groups.get(title)?.find((entry) => !isTable(entry))?.number ?? Number.MAX_SAFE_INTEGER);
  return [...groups]
    .sort(([a], [b]) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .map(([title, figures]) => ({ title, figures }));
}

const beyondThePaper = "Beyond the paper";

function groupTitle({ number, subjects }: FigureEntry): string {
  if (number === null) return beyondThePaper;
  return subjects === null || subjects.length === 0
    ? "Over all workloads"
    : subjects.map(subjectTitle).join(", ");
}

/** `Figure 13`, `Table 2`; null for those beyond the paper. */
export function figureNumber(entry: FigureEntry): string | null {
  return entry.number === null ? null : `${isTable(entry) ? "Table" : "Figure"} ${entry.number}`;
}

/** By what the library knows of the campaign; what it does not know may be there. */
export function mayHave(
  { subjects }: Pick<FigureEntry, "subjects">,
  campaign: KnownCampaign | undefined,
): boolean {
  if (campaign === undefined || subjects === null) return true;
  return subjects.some((subject) => subject === "startup" || campaign.workloads.includes(subject));
}

/** Id of a figure's place on the page: that of anchors. */
export function sectionId(figureId: string): string {
  return figureId;
}
