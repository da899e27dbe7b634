// What an anonymous file does not tell any more, for the person who hands it on.
import type { Replaced } from "./anonymiser.ts";

export interface AnonymousFile {
  readonly replaced: readonly Pick<Replaced, "words" | "count">[];
  /** Names that are words of the field too. */
  readonly kept: readonly string[];
}

/** Whole sentences: what was replaced, and what to look at before the file is handed on. */
export function replacedTexts({ replaced, kept }: AnonymousFile): readonly string[] {
  const counts = replaced.map(({ words, count }) => `${count} ${words}`).join(", ");
  return [
    `Replaced: ${counts === "" ? "nothing" : counts}. Tags and note are left out.`,
    ...(kept.length === 0
      ? []
      : [
          `Names that are also words of the field, replaced only where a name stands: ${kept.join(", ")}. Look for them before you hand the file on.`,
        ]),
  ];
}
