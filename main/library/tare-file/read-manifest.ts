// The manifest of an open .tare file, and whether it tells what the file holds.
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { TareError } from "#shared/model/error.ts";
import { paperId } from "#shared/model/dataset.ts";
import { type Manifest, manifestName, manifestSchema, schemaNumber } from "#shared/tare-file/manifest.ts";
import { type Archive, refuse, unreadable } from "./read-archive.ts";

/** Throws TareError INPUT_INVALID, and UNSUPPORTED for a file of a newer Tare. */
export async function readManifest({ zip, entries }: Archive, name: string): Promise<Manifest> {
  const [first, ...others] = entries;
  if (first?.path !== manifestName) throw refuse(name, `does not begin with ${manifestName}`);
  const content = await zip
    .openReadStreamPromise(first.entry)
    .then((stream: Readable) => buffer(stream))
    .catch((error: unknown) => {
      throw unreadable(name, error);
    });
  const manifest = parsed(content.toString("utf8"), name);
  if (manifest.campaign.id === paperId)
    throw refuse(name, `calls itself ${paperId}, which is the paper's own name`);
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  if (listed.size !== manifest.files.length) throw refuse(name, "lists a file twice");
  const unlisted = others.find(({ path }) => !listed.has(path));
  if (unlisted !== undefined)
    throw refuse(name, `holds ${JSON.stringify(unlisted.path)}, which its own list does not have`);
  const present = new Map(others.map((entry) => [entry.path, entry]));
  for (const { path, sizeBytes } of manifest.files) {
    const entry = present.get(path);
    if (entry === undefined) throw refuse(name, `lacks ${JSON.stringify(path)}, which its own list has`);
    if (entry.sizeBytes !== sizeBytes)
      throw refuse(
        name,
        `gives two sizes for ${JSON.stringify(path)}: ${entry.sizeBytes} and ${sizeBytes} bytes`,
      );
  }
  for (const path of ["campaign.json", "events.jsonl"])
    if (!listed.has(path)) throw refuse(name, `holds no ${path}, without which there is no campaign`);
  return manifest;
}

function parsed(text: string, name: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw refuseManifest(name, error instanceof Error ? error.message : String(error));
  }
  requireKnown(content, "tare-file", name);
  const result = manifestSchema.safeParse(content);
  if (!result.success) throw refuseManifest(name, z.prettifyError(result.error));
  return result.data;
}

/** Throws TareError UNSUPPORTED where `schema` of the content is a later one than the first, which is all that this version knows. */
export function requireKnown(content: unknown, schema: string, name: string): void {
  const given = typeof content === "object" && content !== null ? Reflect.get(content, "schema") : null;
  const number = schemaNumber(given, schema);
  if (number === null || number <= 1) return;
  throw new TareError(
    "UNSUPPORTED",
    `The file ${JSON.stringify(name)} was written by a newer version of Tare (${String(given)}; this one knows ${schema}/1). Nothing was imported; update Tare and import it again.`,
  );
}

function refuseManifest(name: string, detail: string): TareError {
  const { code, message } = refuse(name, `is no .tare file: its ${manifestName} cannot be read`);
  return new TareError(code, message, { detail });
}
