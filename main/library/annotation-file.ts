// What a person wrote about a campaign: `library.json` in its folder, the paper's beside the library.
import { randomBytes } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { type Failure, TareError } from "#shared/model/error.ts";
import { lineSchema, timeSchema } from "#shared/model/text.ts";
import { type Annotation, annotationSchema } from "#shared/contract/library.ts";
import { writeFileAtomic } from "./atomic-file.ts";

/** Name of the file in a campaign's folder. */
export const annotationName = "library.json";

/** Fields of other versions are kept. */
const fileSchema = z.looseObject({
  ...annotationSchema.partial().shape,
  /** Shown instead of the design's name, which stays as it was measured. */
  name: lineSchema.optional(),
  importedAt: timeSchema.optional(),
});
type AnnotationFile = z.infer<typeof fileSchema>;

export interface StoredAnnotation extends Annotation {
  /** Null where the design's name is shown. */
  readonly name: string | null;
  /** Null where the campaign was measured here. */
  readonly importedAt: string | null;
}

/** What is in the file, nothing where there is none; `damage` where it cannot be read. */
export async function readAnnotation(
  path: string,
): Promise<StoredAnnotation & { readonly damage: Failure | null }> {
  const { file, damage } = await readStored(path);
  return {
    tags: file.tags ?? [],
    note: file.note ?? "",
    archived: file.archived ?? false,
    name: file.name ?? null,
    importedAt: file.importedAt ?? null,
    damage,
  };
}

/**
 * Replaces the fields that are given. A file that cannot be read is kept beside the new one, under another name.
 * Throws TareError DISK_FULL, INPUT_INVALID.
 */
export async function writeAnnotation(path: string, change: Partial<StoredAnnotation>): Promise<void> {
  const { file, damage } = await readStored(path);
  if (damage !== null) await rename(path, `${path}.${randomBytes(4).toString("hex")}.damaged`);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
  const next = fileSchema.safeParse({ ...file, ...given });
  if (!next.success)
    throw new TareError("INPUT_INVALID", "This cannot be kept with the campaign.", {
      detail: z.prettifyError(next.error),
    });
  await writeFileAtomic(path, `${JSON.stringify(next.data, null, 2)}\n`);
}

async function readStored(path: string): Promise<{ file: AnnotationFile; damage: Failure | null }> {
  try {
    return { file: fileSchema.parse(JSON.parse(await readFile(path, "utf8"))), damage: null };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { file: {}, damage: null };
    const detail = error instanceof Error ? error.message : String(error);
    const message = `The tags and the note in ${basename(path)} cannot be read. What is written anew replaces them; the file is kept under another name.`;
    return { file: {}, damage: { code: "CAMPAIGN_DAMAGED", message, detail } };
  }
}
