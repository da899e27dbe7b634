// Whether what was unpacked is a campaign that this version reads, before it comes into the library.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Campaign, campaignSchema } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { factsSchema } from "#shared/model/facts.ts";
import type { Manifest } from "#shared/tare-file/manifest.ts";
import { readJournal } from "../journal.ts";
import { type LibraryFile, libraryFileName, parseLibraryFile } from "./library-file.ts";
import { refuse } from "./read-archive.ts";
import { requireKnown } from "./read-manifest.ts";

export interface CheckedContent {
  readonly campaign: Campaign;
  /** What a person wrote about it; null where there is nothing. */
  readonly words: LibraryFile | null;
}

/** Throws TareError CAMPAIGN_DAMAGED with the file and its place, UNSUPPORTED for a newer schema, INPUT_INVALID. */
export async function checkContent(
  folder: string,
  manifest: Manifest,
  name: string,
): Promise<CheckedContent> {
  const damaged = (path: string, detail: string) =>
    new TareError(
      "CAMPAIGN_DAMAGED",
      `The campaign in the file ${JSON.stringify(name)} cannot be read: ${path} is not as Tare ${manifest.tare} should have written it. Nothing was imported; ask for a new export of the campaign.`,
      { detail },
    );
  async function read<T>(path: string, schema: string, parse: (content: unknown) => T): Promise<T> {
    const text = await readFile(join(folder, path), "utf8");
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch (error) {
      throw damaged(path, detailOf(error));
    }
    requireKnown(content, schema, name);
    try {
      return parse(content);
    } catch (error) {
      throw damaged(path, detailOf(error));
    }
  }

  const campaign = await read("campaign.json", "tare-campaign", (content) => campaignSchema.parse(content));
  const { id, name: title, createdAt } = manifest.campaign;
  if (campaign.id !== id || campaign.name !== title || campaign.createdAt !== createdAt)
    throw refuse(name, "names another campaign in its list than the one that it holds");
  await readJournal(join(folder, "events.jsonl")).catch((error: unknown) => {
    const at = error instanceof TareError ? /Line \d+/.exec(error.message)?.[0] : undefined;
    throw damaged("events.jsonl", at === undefined ? detailOf(error) : `${at} cannot be read.`);
  });
  for (const file of await readdir(join(folder, "facts")).catch(() => []))
    await read(`facts/${file}`, "tare-facts", (content) => factsSchema.parse(content));
  const hasWords = manifest.files.some(({ path }) => path === libraryFileName);
  const words = hasWords
    ? await read(libraryFileName, "tare-library", (content) => parseLibraryFile(JSON.stringify(content)))
    : null;
  return { campaign, words };
}

function detailOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
