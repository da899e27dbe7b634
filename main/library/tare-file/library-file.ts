// library.json of a campaign's folder, as far as it travels: what a person wrote about the campaign, and when it was imported.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { TareError } from "#shared/model/error.ts";
import { lineSchema, timeSchema } from "#shared/model/text.ts";
import { annotationSchema } from "#shared/contract/library.ts";

export const libraryFileName = "library.json";

/** What else a library wrote there stays there. */
const libraryFileSchema = z.object({
  schema: z.literal("tare-library/1").default("tare-library/1"),
  ...annotationSchema.shape,
  tags: annotationSchema.shape.tags.default([]),
  note: annotationSchema.shape.note.default(""),
  archived: annotationSchema.shape.archived.default(false),
  /** The name that a person gave it later; absent: the design's. */
  name: lineSchema.optional(),
  /** Absent: it was measured by this library. */
  importedAt: timeSchema.optional(),
});
export type LibraryFile = z.infer<typeof libraryFileSchema>;

/** Throws what is wrong with the text. */
export function parseLibraryFile(text: string): LibraryFile {
  return libraryFileSchema.parse(JSON.parse(text));
}

export function libraryFileText(file: LibraryFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Null where there is none at the path. Throws TareError CAMPAIGN_DAMAGED. */
export async function readLibraryFile(path: string): Promise<LibraryFile | null> {
  try {
    return parseLibraryFile(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new TareError("CAMPAIGN_DAMAGED", `${path}, which holds tags and note, cannot be read.`, {
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

/** Throws TareError UNSUPPORTED for a campaign that was imported: its commands are not this computer's own. */
export async function requireOwn(campaignPath: string): Promise<void> {
  const { importedAt } = (await readLibraryFile(join(campaignPath, libraryFileName))) ?? {};
  if (importedAt === undefined) return;
  throw new TareError(
    "UNSUPPORTED",
    "This campaign was imported from a file. It can be looked at and compared, but not taken up again: its commands and hosts come from somebody else's computer. Make a campaign of your own of its design instead.",
  );
}
