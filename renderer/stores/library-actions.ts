// What a person does to campaigns in the library. Every function throws what the core refuses; the list shows a change at once.
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Annotation } from "#shared/contract/library.ts";
import { paperId } from "#shared/model/dataset.ts";
import { countText } from "#shared/report/number.ts";
import { api } from "#renderer/api/client.ts";
import { notifyUndo } from "#renderer/components/notify-undo.tsx";
import { useLibrary } from "./core-stores.ts";

export function entryOf(campaignId: string): CampaignEntry | null {
  return useLibrary.current().value?.campaigns.find(({ id }) => id === campaignId) ?? null;
}

function patch(campaignId: string, change: Partial<CampaignEntry>): void {
  const { value, replace } = useLibrary.current();
  if (value === null) return;
  const campaigns = value.campaigns.map((entry) =>
    entry.id === campaignId ? { ...entry, ...change } : entry,
  );
  replace({ ...value, campaigns });
}

const reload = (): Promise<void> => useLibrary.current().reload();

// One write after the other for each campaign: an annotation is written whole, so each needs what the last one wrote.
const writes = new Map<string, Promise<void>>();

function inTurn(campaignId: string, write: () => Promise<void>): Promise<void> {
  const before = writes.get(campaignId) ?? Promise.resolve();
  const mine = before.then(write, write);
  writes.set(campaignId, mine);
  return mine;
}

/** Changes the fields that are named and keeps the others. */
export function annotate(campaignId: string, change: Partial<Annotation>): Promise<void> {
  return inTurn(campaignId, async () => {
    const entry = entryOf(campaignId);
    if (entry === null) return;
    const { tags, note, archived } = entry;
    const annotation = { tags, note, archived, ...change };
    patch(campaignId, annotation);
    try {
      await api.library.annotate({ campaignId, annotation });
    } catch (error) {
      patch(campaignId, { tags, note, archived });
      throw error;
    }
  });
}

function rename(campaignId: string, name: string): Promise<void> {
  return inTurn(campaignId, async () => {
    const before = entryOf(campaignId)?.name;
    if (before === undefined) return;
    patch(campaignId, { name });
    try {
      await api.library.rename({ campaignId, name });
    } catch (error) {
      patch(campaignId, { name: before });
      throw error;
    }
  });
}

export async function renameWithUndo(entry: CampaignEntry, name: string): Promise<void> {
  await rename(entry.id, name);
  notifyUndo(`“${entry.name}” is now “${name}”.`, () => rename(entry.id, entry.name));
}

/** Adds and takes away tags; each campaign keeps its others. */
export async function retag(
  entries: readonly CampaignEntry[],
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
  await each(entries, ({ id, tags }) =>
    annotate(id, {
      tags: [...new Set([...tags.filter((tag) => !change.remove.includes(tag)), ...change.add])],
    }),
  );
  notifyUndo(`Tags of ${namesText(entries)} changed.`, () =>
    each(entries, ({ id, tags }) => annotate(id, { tags })),
  );
}

export async function archive(entries: readonly CampaignEntry[], archived: boolean): Promise<void> {
  await each(entries, ({ id }) => annotate(id, { archived }));
  const text = archived ? "archived" : "out of the archive";
  notifyUndo(`${namesText(entries)} ${text}.`, () =>
    each(entries, (entry) => annotate(entry.id, { archived: entry.archived })),
  );
}

/** Into the bin. The paper's data stay. */
export async function remove(entries: readonly CampaignEntry[]): Promise<void> {
  const going = entries.filter(({ id }) => id !== paperId);
  const gone: CampaignEntry[] = [];
  try {
    await each(going, async (entry) => {
      await inTurn(entry.id, async () => {
        await api.library.remove({ campaignId: entry.id });
      });
      gone.push(entry);
    });
  } finally {
    await reload();
    if (gone.length > 0)
      notifyUndo(`${namesText(gone)} moved to the bin.`, () => restore(gone.map(({ id }) => id)));
  }
}

export async function restore(campaignIds: readonly string[]): Promise<void> {
  try {
    await each(campaignIds, (campaignId) => api.library.restore({ campaignId }));
  } finally {
    await reload();
  }
}

/** Deletes for good what is in the bin: one campaign, or all. */
export async function purge(campaignId: string | null): Promise<void> {
  try {
    await api.library.purge({ campaignId });
  } finally {
    await reload();
  }
}

/** Does it to all, and then throws the first failure. */
async function each<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled(items.map(act));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

function namesText(entries: readonly CampaignEntry[]): string {
  const [first] = entries;
  return entries.length === 1 && first !== undefined
    ? `“${first.name}”`
    : countText(entries.length, "campaign");
}
