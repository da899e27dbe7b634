// The steps of a preview as parts to read: a change with its undo, a program; and how they differ from another preview.
import type { DryStep } from "../contract/campaigns.ts";
import { previewLines, previewText } from "./configuration-preview.ts";

export interface PreviewPart {
  readonly title: string;
  readonly machine: DryStep["machine"];
  readonly kind: DryStep["kind"];
  /** Lines that make the change, or run the program. */
  readonly lines: readonly string[];
  /** Lines that take it back; null where it leaves nothing behind. */
  readonly undo: readonly string[] | null;
}

/** In the order of execution; the undo of each change stands with it, though all of them run at the end. */
export function previewParts(steps: readonly DryStep[]): readonly PreviewPart[] {
  const undos = steps.filter(({ kind }) => kind === "undo");
  const used = new Set<DryStep>();
  const parts = steps
    .filter(({ kind }) => kind !== "undo")
    .map((step): PreviewPart => {
      // Undone last first, so that the last of two equal titles belongs to the first of two equal changes.
      const undo = undos.findLast((each) => !used.has(each) && each.title === `Undo: ${step.title}`);
      if (undo !== undefined) used.add(undo);
      return partOf(step, undo ?? null);
    });
  return [...parts, ...undos.filter((each) => !used.has(each)).map((each) => partOf(each, null))];
}

function partOf(step: DryStep, undo: DryStep | null): PreviewPart {
  const { machine, kind } = step;
  return {
    title: previewText(step.title),
    machine,
    kind,
    lines: commandLines(step),
    undo: undo === null ? null : commandLines(undo),
  };
}

/** The step's lines without its title. */
function commandLines(step: DryStep): readonly string[] {
  return previewLines([step]).slice(1);
}

export interface PartDifference {
  /** From 0, in the list. */
  readonly place: number;
  /** Null where only the other one has such a part. */
  readonly before: PreviewPart | null;
  readonly after: PreviewPart | null;
  readonly same: boolean;
}

/** Parts of two previews side by side by kind and title, in the order of the second; what only the first has stands where it was. */
export function partDifferences(
  before: readonly PreviewPart[],
  after: readonly PreviewPart[],
): readonly PartDifference[] {
  const left = [...before];
  const pairs: Pick<PartDifference, "before" | "after">[] = [];
  for (const part of after) {
    const place = left.findIndex(({ kind, title }) => kind === part.kind && title === part.title);
    const passed = left.splice(0, place + 1);
    const twin = passed.pop() ?? null;
    pairs.push(...passed.map((only) => ({ before: only, after: null })), { before: twin, after: part });
  }
  pairs.push(...left.map((only) => ({ before: only, after: null })));
  return pairs.map((pair, place) => ({
    ...pair,
    place,
    same: JSON.stringify(pair.before) === JSON.stringify(pair.after),
  }));
}
