// Whether the library has a campaign already, and how much of it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Campaign } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { readDesign } from "../campaign-folder.ts";
import { readJournal } from "../journal.ts";
import { findCampaign } from "../library.ts";

export type Known =
  | { readonly kind: "absent" }
  /** Events that the one has and the other lacks; 0: they are the same. */
  | { readonly kind: "same"; readonly path: string; readonly moreThere: number; readonly moreHere: number }
  /** Another campaign of the same id, or one that cannot be read. */
  | { readonly kind: "other"; readonly path: string };

/** Compares designs by what they say, and journals byte by byte: of two of one campaign, one is the beginning of the other. */
export async function knownCampaign(
  campaignsFolder: string,
  campaign: Campaign,
  journalPath: string,
): Promise<Known> {
  const path = await findCampaign(campaignsFolder, campaign.id).catch((error: unknown) => {
    if (error instanceof TareError && error.code === "NOT_FOUND") return null;
    throw error;
  });
  if (path === null) return { kind: "absent" };
  try {
    const here = await readDesign(path);
    if (JSON.stringify(sorted(here)) !== JSON.stringify(sorted(campaign))) return { kind: "other", path };
    const [ours, theirs] = [await linesOf(join(path, "events.jsonl")), await linesOf(journalPath)];
    const common = Math.min(ours.bytes.length, theirs.bytes.length);
    if (!ours.bytes.subarray(0, common).equals(theirs.bytes.subarray(0, common)))
      return { kind: "other", path };
    const more = theirs.count - ours.count;
    return { kind: "same", path, moreThere: Math.max(0, more), moreHere: Math.max(0, -more) };
  } catch (error) {
    // What is here cannot be read, so nothing is known of it; it stays, and the new one stands beside it.
    if (error instanceof TareError && error.code === "CAMPAIGN_DAMAGED") return { kind: "other", path };
    throw error;
  }
}

async function linesOf(path: string): Promise<{ bytes: Buffer; count: number }> {
  const { events, wholeBytes } = await readJournal(path);
  return { bytes: (await readFile(path)).subarray(0, wholeBytes), count: events.length };
}

/** The same value with its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
