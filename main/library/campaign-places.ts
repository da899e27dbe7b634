// What the folders below campaigns/ are, by their names: campaigns, what was begun and not finished, and others.
import { readdir } from "node:fs/promises";
import { paperId } from "#shared/model/dataset.ts";
import { idSchema } from "#shared/model/text.ts";

export interface CampaignPlace {
  /** Name of the folder. */
  readonly folder: string;
  /** Unique among the places, and an id for the window whatever the folder is called. */
  readonly id: string;
  /** `unfinished`: being made or imported, or cut short at it. `other`: a campaign only where it holds a design. */
  readonly kind: "campaign" | "unfinished" | "other";
}

/** Folders whose names begin with a full stop are none, apart from those that are being made. */
export function placesOf(names: readonly string[]): CampaignPlace[] {
  const taken = new Set<string>([paperId]);
  // Campaigns first: no other folder takes a campaign's id from it.
  const order = { campaign: 0, unfinished: 1, other: 2 } as const;
  return names
    .flatMap((folder) => kindOf(folder) ?? [])
    .toSorted((a, b) => order[a.kind] - order[b.kind] || (a.folder < b.folder ? -1 : 1))
    .map(({ folder, kind, wanted }) => {
      let id = idFrom(wanted);
      for (let count = 1; taken.has(id); count += 1)
        id = idFrom(`${folder}${count === 1 && folder !== wanted ? "" : `-${count}`}`);
      taken.add(id);
      return { folder, id, kind };
    });
}

/** The places below a folder; none where it is not there yet. */
export async function readPlaces(campaignsFolder: string): Promise<CampaignPlace[]> {
  const entries = await readdir(campaignsFolder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return placesOf(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
}

function kindOf(folder: string): (Omit<CampaignPlace, "id"> & { wanted: string }) | null {
  const named = /^\d{4}-\d\d-\d\d-(.+)$/.exec(folder)?.[1];
  if (named !== undefined) return { folder, kind: "campaign", wanted: named };
  const begun = /^\.(new|import)-(.+)$/.exec(folder);
  if (begun !== null) return { folder, kind: "unfinished", wanted: `${begun[1]}.${begun[2]}` };
  return folder.startsWith(".") ? null : { folder, kind: "other", wanted: folder };
}

function idFrom(text: string): string {
  if (idSchema.safeParse(text).success) return text;
  const made = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    // The end tells copies apart.
    .slice(-80)
    .replace(/^[^a-z0-9]+/, "");
  return made === "" ? "unnamed" : made;
}
