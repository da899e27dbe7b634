// The files of a campaign without what tells whose machines they are of.
import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { pipeline as finished } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type Campaign, campaignSchema } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { type CampaignEvent, eventSchema } from "#shared/model/event.ts";
import { type Facts, factsSchema } from "#shared/model/facts.ts";
import { campaignReport } from "#shared/report/campaign-report.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { type Anonymiser, createAnonymiser } from "#shared/tare-file/anonymous/anonymiser.ts";
import {
  campaignIdentities,
  eventIdentities,
  factsIdentities,
  versionTexts,
} from "#shared/tare-file/anonymous/collect.ts";
import { comparePaths, entryPathProblem, pathKey } from "#shared/tare-file/entry-path.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { mapLines } from "./map-lines.ts";
import { textFile, type TravellingFile } from "./travelling-file.ts";

export interface AnonymousContent {
  readonly campaign: Campaign;
  /** In the order of the .tare file. */
  readonly files: readonly TravellingFile[];
  readonly anonymiser: Anonymiser;
}

export interface NamedContent {
  readonly campaign: Campaign;
  readonly events: readonly CampaignEvent[];
  readonly files: readonly TravellingFile[];
}

/**
 * Looks at everything once, then replaces as it is read. Tags and note are left out: a person wrote them for themselves.
 * The README is made anew. Throws TareError CAMPAIGN_DAMAGED for facts or packed files that cannot be read.
 */
export async function anonymousFiles(
  { campaign, events, files }: NamedContent,
  signal?: AbortSignal,
): Promise<AnonymousContent> {
  const facts = await factsOf(files);
  const design = JSON.stringify(campaign).toLowerCase();
  const anonymiser = createAnonymiser({
    isTaken: (text) => design.includes(text.toLowerCase()),
    versions: [...facts.values()].flatMap((each) => versionTexts(each)),
  });
  const id = anonymousId(campaign);
  anonymiser.add(
    campaignIdentities(campaign).map((one) => (one.value === campaign.id ? { ...one, fixed: id } : one)),
  );
  for (const each of facts.values()) anonymiser.add(factsIdentities(each));
  for (const event of events) anonymiser.add(eventIdentities(event));
  for (const value of [campaign, ...events, ...facts.values()])
    for (const text of textsIn(value)) anonymiser.see(text);
  const raw = files.filter(({ path }) => path.startsWith("raw/"));
  for (const file of raw) await see(file, anonymiser, signal);

  const hidden = hiddenCampaign(campaign, id, anonymiser);
  const changed = (file: TravellingFile, open: () => Readable) => ({
    path: pathOf(file.path, anonymiser),
    open,
  });
  const factFiles = files.flatMap((file) => {
    const own = facts.get(file.path);
    if (own === undefined) return [];
    const text = `${JSON.stringify(fitting(factsSchema, anonymiser.json(own), file.path), null, 2)}\n`;
    return [textFile(pathOf(file.path, anonymiser), text)];
  });
  const made = [
    textFile("campaign.json", `${JSON.stringify(hidden, null, 2)}\n`),
    { path: "events.jsonl", open: () => Readable.from(linesOf(events, anonymiser)) },
    ...factFiles,
    ...raw.map((file) => changed(file, () => rawOf(file, anonymiser))),
    ...(files.some(({ path }) => path === "README.md")
      ? [textFile("README.md", readme(hidden, events, facts, anonymiser))]
      : []),
  ];
  requireDistinct(made.map(({ path }) => path));
  return { campaign: hidden, files: made.toSorted((a, b) => comparePaths(a.path, b.path)), anonymiser };
}

/** From the whole design, so that the same campaign has the same one each time, and nobody finds the old one from it. */
function anonymousId(campaign: Campaign): string {
  return `campaign-${createHash("sha256").update(JSON.stringify(campaign)).digest("hex").slice(0, 8)}`;
}

function hiddenCampaign(campaign: Campaign, id: string, anonymiser: Anonymiser): Campaign {
  const hidden = anonymiser.json(campaign) as Campaign;
  return fitting(campaignSchema, { ...hidden, id }, "campaign.json");
}

function* linesOf(events: readonly CampaignEvent[], anonymiser: Anonymiser): Generator<Buffer> {
  for (const event of events) {
    const hidden = fitting(eventSchema, anonymiser.json(event), `event ${event.seq}`);
    yield Buffer.from(`${JSON.stringify(hidden)}\n`);
  }
}

function readme(
  campaign: Campaign,
  events: readonly CampaignEvent[],
  facts: ReadonlyMap<string, Facts>,
  anonymiser: Anonymiser,
): string {
  const hidden = (path: string) => {
    const own = facts.get(path);
    return own === undefined ? null : (anonymiser.json(own) as Facts);
  };
  const state = reduceAll(events.map((event) => anonymiser.json(event) as CampaignEvent));
  const hosts = { sut: hidden("facts/sut-before.json"), loadgen: hidden("facts/loadgen-before.json") };
  return campaignReport(campaign, state, results(campaign, state, workloads), hosts);
}

async function factsOf(files: readonly TravellingFile[]): Promise<ReadonlyMap<string, Facts>> {
  const found = new Map<string, Facts>();
  for (const file of files) {
    if (!file.path.startsWith("facts/")) continue;
    try {
      found.set(file.path, factsSchema.parse(JSON.parse(await textOf(file.open()))));
    } catch (error) {
      throw unreadable(file.path, error);
    }
  }
  return found;
}

async function see(file: TravellingFile, anonymiser: Anonymiser, signal?: AbortSignal): Promise<void> {
  const look = mapLines((lines) => {
    anonymiser.see(lines);
    return "";
  });
  const unpack = file.path.endsWith(".gz") ? [createGunzip()] : [];
  await finished([file.open(), ...unpack, look.resume()], { signal }).catch((error: unknown) => {
    throw isZlib(error) ? unreadable(file.path, error) : error;
  });
}

function rawOf(file: TravellingFile, anonymiser: Anonymiser): Readable {
  const change = mapLines((lines) => anonymiser.bytes(lines));
  // The reader of the last stream sees the errors of all.
  const seen = () => undefined;
  return file.path.endsWith(".gz")
    ? pipeline(file.open(), createGunzip(), change, createGzip({ level: 6 }), seen)
    : pipeline(file.open(), change, seen);
}

function pathOf(path: string, anonymiser: Anonymiser): string {
  const [top = "", ...rest] = path.split("/");
  return [top, ...rest.map((part) => anonymiser.text(part))].join("/");
}

/** All keys and texts in a JSON value. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* textsIn(item);
    }
}

function requireDistinct(paths: readonly string[]): void {
  const seen = new Set<string>();
  const wrong = paths.find((path) => {
    const isNew = !seen.has(pathKey(path));
    seen.add(pathKey(path));
    return !isNew || entryPathProblem(path) !== null;
  });
  if (wrong !== undefined) throw unfit(wrong, "Its path would not be one that a .tare file may have.");
}

function fitting<T>(schema: { parse(value: unknown): T }, value: unknown, what: string): T {
  try {
    return schema.parse(value);
  } catch (error) {
    throw unfit(what, error instanceof Error ? error.message : String(error));
  }
}

function unfit(what: string, detail: string): TareError {
  return new TareError(
    "UNSUPPORTED",
    `The campaign cannot be exported without names: ${what} would not be readable with what stands in their place. Nothing was written; export it with names.`,
    { detail },
  );
}

function unreadable(path: string, cause: unknown): TareError {
  return new TareError(
    "CAMPAIGN_DAMAGED",
    `${path} of the campaign cannot be read, so nobody can tell which names are in it. Export the campaign with names, or remove the file.`,
    { detail: cause instanceof Error ? cause.message : String(cause), cause },
  );
}

function isZlib(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
