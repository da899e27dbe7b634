// What the thread of the index is asked and what it tells; both ends use these types.
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { IndexState } from "#shared/contract/library.ts";
import type { Subject } from "#shared/model/dataset.ts";
import type { Failure } from "#shared/model/error.ts";

/** Folders and files of one library. */
export interface IndexPlaces {
  readonly index: string;
  readonly campaigns: string;
  readonly paperNotes: string;
  readonly assets: string;
}

export interface IndexStart extends IndexPlaces {
  /** Folders whose reading ended a thread before this one. */
  readonly crashed: readonly string[];
}

export interface IndexCalls {
  /** `whole`: answered when every folder has been read; else after a moment, with what there is. JSON of entries, newest first. */
  readonly list: { readonly input: { readonly whole: boolean }; readonly output: string };
  readonly find: { readonly input: { readonly text: string }; readonly output: readonly string[] };
  readonly ofLab: { readonly input: { readonly labId: string }; readonly output: readonly CampaignEntry[] };
  /** JSON of datasets as UTF-8, in the order asked for. */
  readonly datasets: {
    readonly input: { readonly campaignIds: readonly string[]; readonly subjects: readonly Subject[] | null };
    readonly output: Uint8Array<ArrayBuffer>;
  };
  /** Looks at all folders, and reads those that changed; answered when that of the campaign has been read. */
  readonly refresh: { readonly input: { readonly campaignId: string | null }; readonly output: null };
  /** Reads every folder again, in the background. */
  readonly rebuild: { readonly input: Record<string, never>; readonly output: null };
  readonly memory: { readonly input: Record<string, never>; readonly output: { readonly heapBytes: number } };
}
export type IndexCall = keyof IndexCalls;

export type Request = {
  readonly [Name in IndexCall]: {
    readonly id: number;
    readonly name: Name;
    readonly input: IndexCalls[Name]["input"];
  };
}[IndexCall];

export type Report =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly failure: Failure }
  | { readonly kind: "state"; readonly state: Omit<IndexState, "generation">; readonly changed: boolean }
  /** Told before a folder is read and, with null, after it. */
  | { readonly kind: "reading"; readonly folder: string | null };
