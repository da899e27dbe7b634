// Figures in groups: by what they show, the paper's first, then those beyond it.
import type { FigureDefinition } from "#shared/figures/overlay.ts";
import type { Subject } from "#shared/model/dataset.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { KnownCampaign } from "./library-campaigns.ts";

export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly FigureDefinition[];
}

/** Groups in the order in which their first figure stands. */
export function figureGroups(definitions: readonly FigureDefinition[]): FigureGroup[] {
  const groups = new Map<string, FigureDefinition[]>();
  for (const definition of definitions) {
    const title = groupTitle(definition);
    groups.set(title, [...(groups.get(title) ?? []), definition]);
  }
  const beyond = (title: string) => (title === beyondThePaper ? 1 : 0);
  return [...groups]
    .sort(([a], [b]) => beyond(a) - beyond(b))
    .map(([title, figures]) => ({ title, figures }));
}

const beyondThePaper = "Beyond the paper";

function groupTitle({ id, number, subjects }: FigureDefinition): string {
  if (number === null && !id.startsWith("table-")) return beyondThePaper;
  return subjects === null || subjects.length === 0
    ? "Over all workloads"
    : subjects.map(subjectTitle).join(", ");
}

export function subjectTitle(subject: Subject): string {
  return subject === "startup" ? "Start-up" : workloads[subject].title;
}

/** `Figure 13`, `Table 2`; null for those beyond the paper. */
export function figureNumber({ id, number }: Pick<FigureDefinition, "id" | "number">): string | null {
  const table = /^table-(\d+)$/.exec(id)?.[1];
  if (table !== undefined) return `Table ${table}`;
  return number === null ? null : `Figure ${number}`;
}

/** By what the library knows of the campaign; what it does not know may be there. */
export function mayHave({ subjects }: FigureDefinition, campaign: KnownCampaign | undefined): boolean {
  if (campaign === undefined || subjects === null) return true;
  return subjects.some((subject) => subject === "startup" || campaign.workloads.includes(subject));
}

/** Id of a figure's place on the page: that of anchors. */
export function sectionId(figureId: string): string {
  return figureId;
}
