// One campaign's entry in the library, whatever state its folder is in: damaged ones say what is wrong and the rest.
import { readdirSync, statSync } from "node:fs";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { timeSchema } from "#shared/model/text.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { type CampaignState, reduceAll } from "#shared/state/campaign-state.ts";
import { annotationName, readAnnotation } from "./annotation-file.ts";
import type { CampaignPlace } from "./campaign-places.ts";
import { readableJournal } from "./journal.ts";
import { type ReadableDesign, readableDesign } from "./readable-design.ts";

export interface CampaignReading {
  /** `status` is the journal's: `running` also where no process runs it any more. */
  readonly entry: CampaignEntry;
  /** Null where the design cannot be read. */
  readonly campaign: Campaign | null;
  readonly part: ReadableDesign["part"];
  /** As far as the journal can be read. */
  readonly events: readonly CampaignEvent[];
  /** Why nothing can be computed of it; null where design and journal are whole. */
  readonly dataDamage: Failure | null;
}

/** Reads a whole folder. Throws what reading a folder throws that is not there. */
export async function readEntry(path: string, place: CampaignPlace): Promise<CampaignReading> {
  const folder = await stat(path);
  const [design, journal, annotation, hostNames] = await Promise.all([
    readableDesign(path),
    readableEvents(path),
    readAnnotation(join(path, annotationName)),
    hostNamesIn(path),
  ]);
  const { campaign, part } = design;
  const state = reduceAll(journal.events);
  const runs = [...state.runs.values()];
  const begun = place.kind === "unfinished" ? await unfinished(path, place.folder) : null;
  const dataDamage = begun?.damage ?? design.damage ?? journal.damage;
  const day = timeSchema.safeParse(`${place.folder.slice(0, 10)}T00:00:00Z`);
  const { tags, note, archived, importedAt } = annotation;
  const entry: CampaignEntry = {
    id: place.id,
    name: annotation.name ?? part.name ?? begun?.name ?? place.id,
    createdAt: part.createdAt ?? day.data ?? folder.mtime.toISOString(),
    status: state.status,
    lab: part.lab.name ?? "",
    demo: part.lab.demo,
    environments: unique(part.configurations.map(({ environment }) => environment)),
    workloads: unique(part.conditions.map(({ workload }) => workload)),
    runsDone: runs.filter(({ status }) => status === "ok").length,
    runsFailed: runs.filter(({ status }) => status === "failed").length,
    runsPlanned: state.plannedRuns - refusedRuns(campaign, state),
    sizeBytes: folderSize(path),
    origin: "measured",
    blocks: part.blocks,
    configurations: part.configurations.map(({ label }) => label),
    machines: unique([part.lab.sut.address, part.lab.loadgen.address, ...hostNames].filter(isText)),
    tags,
    note,
    archived,
    importedAt,
    damage: dataDamage ?? misplaced(place, part.id) ?? annotation.damage,
  };
  return { entry, campaign, part, events: journal.events, dataDamage };
}

/** Runs that are not waited for: a cell that the lab does not offer has none; what ran of it before stays. */
function refusedRuns(campaign: Campaign | null, state: CampaignState): number {
  if (campaign === null) return 0;
  const isDone = (runId: string) => ["ok", "failed"].includes(state.runs.get(runId)?.status ?? "");
  return [...state.refusedCells.values()]
    .flatMap(({ slot, conditionId }) =>
      Array.from({ length: campaign.blocks }, (_, index) => runIdOf(index + 1, slot, conditionId)),
    )
    .filter((runId) => !isDone(runId)).length;
}

async function readableEvents(path: string) {
  const journalPath = join(path, "events.jsonl");
  try {
    const { events, damage } = readableJournal(await readFile(journalPath), journalPath);
    return { events, damage: damage === null ? null : damage.failure };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const message = missing
      ? `The campaign's journal ${journalPath} is missing. Restore the file from a backup.`
      : `The campaign's journal ${journalPath} cannot be read. ${toFailure(error).message}`;
    return { events: [], damage: { code: "CAMPAIGN_DAMAGED", message } as const };
  }
}

const factsSchema = z.object({ hostname: z.string() });

/** As far as facts were kept and can be read: they are shown and searched, nothing is computed of them here. */
async function hostNamesIn(path: string): Promise<string[]> {
  const files = await readdir(join(path, "facts")).catch(() => []);
  const names = await Promise.all(
    files
      .filter((name) => /^(sut|loadgen)-(before|after)\.json$/.test(name))
      .toSorted()
      .toReversed()
      .map(async (name) => {
        try {
          return factsSchema.parse(JSON.parse(await readFile(join(path, "facts", name), "utf8"))).hostname;
        } catch {
          // Whoever computes with facts says what is wrong with them.
          return null;
        }
      }),
  );
  return unique(names.filter(isText));
}

const importSchema = z.object({
  source: z.string(),
  startedAt: timeSchema,
  campaign: z.object({ name: z.string() }),
});

/** An import says in `import.json` what it is of. */
async function unfinished(
  path: string,
  folder: string,
): Promise<{ readonly name: string | null; readonly damage: Failure }> {
  const text = await readFile(join(path, "import.json"), "utf8").catch(() => "null");
  const { data } = importSchema.safeParse(jsonOf(text));
  const what =
    data === undefined
      ? `The folder ${folder} is a campaign that is being made, or whose making was cut short.`
      : `The import of ${JSON.stringify(data.source)}, begun ${data.startedAt}, is under way or was cut short (folder ${folder}).`;
  const message = `${what} Where nothing is under way, remove it${data === undefined ? "" : " and import the file again"}.`;
  return { name: data?.campaign.name ?? null, damage: { code: "CAMPAIGN_DAMAGED", message } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that is cut short tells nothing.
    return null;
  }
}

function misplaced({ folder, id, kind }: CampaignPlace, designId: string | null): Failure | null {
  if (designId === null || (kind === "campaign" && designId === id)) return null;
  const message = `The folder ${folder} holds the design of the campaign ${designId}. Rename the folder to its date and that id, or remove it if it is a copy.`;
  return { code: "CAMPAIGN_DAMAGED", message };
}

/** Bytes of all files, synchronously: in a thread of its own a thousand calls cost less than as many promises. */
export function folderSize(path: string): number {
  let size = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    try {
      if (entry.isDirectory()) size += folderSize(inner);
      else if (entry.isFile()) size += statSync(inner).size;
    } catch {
      // What a running campaign just renamed or packed counts next time.
    }
  }
  return size;
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}

function isText(item: string | null): item is string {
  return item !== null && item !== "";
}
