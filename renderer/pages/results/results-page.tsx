// What a campaign found.
import { useCampaign } from "#renderer/stores/campaign-store.ts";

export function ResultsPage({ campaignId }: { readonly campaignId: string }) {
  const runs = useCampaign(campaignId, (view) => view.state.runs);
  const done = [...runs.values()].filter(({ status }) => status === "ok");
  return <p>{done.length} runs have measurements.</p>;
}
