// What an act of the campaign wizard put aside, and how to take it back: offered on every step until the next such act.
import type { UseFormReturn } from "react-hook-form";
import { z } from "zod";
import { create } from "zustand";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { FormContext } from "./campaign-errors.ts";
import { draftOf } from "#renderer/stores/draft.ts";
import { campaignFormSchema, type CampaignForm } from "./campaign-form.ts";
import { belongTo, ownDraft, ownDraftSchema, type OwnDraft } from "./saved-drafts.ts";

export type WizardForm = UseFormReturn<CampaignForm, FormContext, CampaignDraft>;

export interface PutAside {
  /** What happened: a sentence. */
  readonly text: string;
  /** What the button says that takes it back. */
  readonly back: string;
  /** Given the form of that moment: the one that it was put aside from may be gone with its page. */
  readonly onBack: (form: WizardForm) => void;
}

/** Whole forms that were put aside outlive a reload of the tab; single parts do not. */
const kept = draftOf(
  "campaign-put-aside",
  z.object({ form: campaignFormSchema, text: z.string(), own: ownDraftSchema.nullable() }),
);
type WholeForm = NonNullable<ReturnType<typeof kept.read>>;

export const usePutAside = create<{ readonly offer: PutAside | null }>()(() => {
  const whole = kept.read();
  return { offer: whole === null ? null : offerOf(whole) };
});

export function offerBack(offer: PutAside | null): void {
  kept.clear();
  usePutAside.setState({ offer });
}

function offerOf({ form: before, text, own }: WholeForm): PutAside {
  return {
    text,
    back: "Bring back what was there before",
    onBack: (form) =>
      replaceForm(form, before, "What was there before is back, and the other is put aside.", own),
  };
}

type Form = Pick<WizardForm, "getValues" | "reset">;

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
  const whole = { form: structuredClone(getValues()), text, own: ownDraft() };
  reset(next, { keepDefaultValues: true });
  belongTo(own);
  offerBack(offerOf(whole));
  kept.write(whole);
}
