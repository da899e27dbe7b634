// Drafts of campaigns that a person saved, and which of them the form of this tab belongs to.
import { z } from "zod";
import { create } from "zustand";
import { api } from "#renderer/api/client.ts";
import { draftOf } from "#renderer/stores/draft.ts";
import { createLoadedStore } from "#renderer/stores/loaded-store.ts";
import type { CampaignForm } from "./campaign-form.ts";
import { freshId } from "./fresh-id.ts";

export const useSavedDrafts = createLoadedStore(() => api.drafts.list());

export const ownDraftSchema = z.object({ id: z.string(), name: z.string(), savedAt: z.string() });
export type OwnDraft = z.infer<typeof ownDraftSchema>;

/** Kept as long as the form itself: a reload of the tab goes on with the same draft. */
const kept = draftOf("campaign-saved", ownDraftSchema);

const useOwn = create<{ readonly own: OwnDraft | null }>()(() => ({ own: kept.read() }));

/** The draft that saving replaces; null where the form was never saved. */
export function useOwnDraft(): OwnDraft | null {
  return useOwn(({ own }) => own);
}

export function ownDraft(): OwnDraft | null {
  return useOwn.getState().own;
}

export function belongTo(own: OwnDraft | null): void {
  useOwn.setState({ own });
  if (own === null) kept.clear();
  else kept.write(own);
}

/** Saves under this name, into the file that the form belongs to already. Throws what the core answers. */
export async function saveDraft(name: string, form: CampaignForm): Promise<OwnDraft> {
  const id = ownDraft()?.id ?? freshId("draft");
  // JSON has no undefined.
  const plain = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(form)));
  const { savedAt } = await api.drafts.save({ id, kind: "campaign", name, form: plain });
  const own = { id, name, savedAt };
  belongTo(own);
  return own;
}
