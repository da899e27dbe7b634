// A campaign as a folder: the design in campaign.json, the journal in events.jsonl, facts/ and raw/ beside them.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Campaign, campaignSchema } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { type CampaignEvent, type EventBody } from "#shared/model/event.ts";
import { asDiskError, syncFolder, writeFileAtomic } from "./atomic-file.ts";
import { type JournalContent, openJournal, readJournal } from "./journal.ts";

export interface CampaignContent {
  readonly path: string;
  readonly campaign: Campaign;
  readonly events: readonly CampaignEvent[];
}

/** A campaign's folder opened for writing by the process that runs it. */
export interface CampaignFolder extends CampaignContent {
  append(body: EventBody): Promise<CampaignEvent>;
  close(): Promise<void>;
}

const journalName = "events.jsonl";

/** `2026-11-24-first-look-3f9a01`: the date and the campaign's id. */
export function campaignFolderName(campaign: Campaign): string {
  return `${campaign.createdAt.slice(0, 10)}-${campaign.id}`;
}

/** Creates the folder with its design and an empty journal: wholly, or not at all. Throws TareError DISK_FULL. */
export async function createCampaignFolder(campaignsFolder: string, campaign: Campaign): Promise<string> {
  const path = join(campaignsFolder, campaignFolderName(campaign));
  const unfinished = join(campaignsFolder, `.new-${campaign.id}`);
  try {
    await mkdir(join(unfinished, "raw"), { recursive: true });
    await mkdir(join(unfinished, "facts"), { recursive: true });
    await writeFile(join(unfinished, journalName), "");
    await writeFileAtomic(join(unfinished, "campaign.json"), `${JSON.stringify(campaign, null, 2)}\n`);
    await rename(unfinished, path);
    await syncFolder(campaignsFolder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw asDiskError(error, path);
  }
  return path;
}

/** Reads design and journal without taking hold of the folder. Throws TareError CAMPAIGN_DAMAGED. */
export async function readCampaignFolder(path: string): Promise<CampaignContent> {
  const campaign = await readDesign(path);
  const { events } = await readEvents(path);
  return { path, campaign, events };
}

/** Opens the folder for writing; a torn last line of the journal is dropped. */
export async function openCampaignFolder(
  path: string,
  now: () => Date = () => new Date(),
): Promise<CampaignFolder> {
  const campaign = await readDesign(path);
  const content = await readEvents(path);
  const journal = await openJournal(join(path, journalName), content, now);
  return { path, campaign, events: content.events, append: journal.append, close: journal.close };
}

function readEvents(path: string): Promise<JournalContent> {
  return readJournal(join(path, journalName)).catch((error: unknown) => {
    throw damaged(path, error);
  });
}

/** Reads the design alone, which is small. Throws TareError CAMPAIGN_DAMAGED. */
export async function readDesign(path: string): Promise<Campaign> {
  try {
    return campaignSchema.parse(JSON.parse(await readFile(join(path, "campaign.json"), "utf8")));
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, error: unknown): TareError {
  if (error instanceof TareError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new TareError("CAMPAIGN_DAMAGED", `The campaign ${basename(path)} cannot be read.`, {
    detail: reason,
    cause: error,
  });
}
