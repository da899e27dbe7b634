// What an act of the campaign wizard put aside, and how to take it back: offered on every step until the next such act.
import type { UseFormReturn } from "react-hook-form";
import { create } from "zustand";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { FormContext } from "./campaign-errors.ts";
import type { CampaignForm } from "./campaign-form.ts";
import { belongTo, ownDraft, type OwnDraft } from "./saved-drafts.ts";

export interface PutAside {
  /** What happened: a sentence. */
  readonly text: string;
  /** What the button says that takes it back. */
  readonly back: string;
  readonly onBack: () => void;
}

export const usePutAside = create<{ readonly offer: PutAside | null }>()(() => ({ offer: null }));

export function offerBack(offer: PutAside | null): void {
  usePutAside.setState({ offer });
}

type Form = Pick<UseFormReturn<CampaignForm, FormContext, CampaignDraft>, "getValues" | "reset">;

/**
 * Fills the whole form anew; `own` is the saved draft that it belongs to then (absent: the same as before). What was in it
 * can be brought back, and then what is in it now again: nothing is lost.
 */
export function replaceForm(
  { getValues, reset }: Form,
  next: CampaignForm,
  text: string,
  own: OwnDraft | null = ownDraft(),
): void {
  const before = structuredClone(getValues());
  const ownBefore = ownDraft();
  reset(next, { keepDefaultValues: true });
  belongTo(own);
  offerBack({
    text,
    back: "Bring back what was there before",
    onBack: () =>
      replaceForm(
        { getValues, reset },
        before,
        "What was there before is back, and the other is put aside.",
        ownBefore,
      ),
  });
}
