// A campaign while it runs.
import { useCampaign } from "#renderer/stores/campaign-store.ts";

export function RunPage({ campaignId }: { readonly campaignId: string }) {
  const state = useCampaign(campaignId, (view) => view.state);
  return (
    <p>
      {state.runs.size} of {state.plannedRuns} runs started.
    </p>
  );
}
