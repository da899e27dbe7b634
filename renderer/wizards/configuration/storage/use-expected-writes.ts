// What the campaign that is being designed will write to the SUT's storage, as far as its fields can be read.
import { useDeferredValue, useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { expectedWrites, type PlaceWrites } from "#shared/plan/expected-writes.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { toCampaignDraft, type CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";

export interface PlannedWrites {
  readonly draft: CampaignDraft;
  readonly writes: readonly PlaceWrites[];
}

/** Null where a field of the campaign cannot be used as it is; a campaign without a name yet counts. */
export function useExpectedWrites(): PlannedWrites | null {
  const { control } = useFormContext<CampaignForm>();
  // Counted after what was typed is drawn.
  const form = useDeferredValue(useWatch({ control }) as CampaignForm);
  return useMemo(() => {
    const named = form.name.trim() === "" ? { ...form, name: "unnamed" } : form;
    const draft = toCampaignDraft(named).data;
    return draft === undefined ? null : { draft, writes: expectedWrites(draft, workloads) };
  }, [form]);
}
