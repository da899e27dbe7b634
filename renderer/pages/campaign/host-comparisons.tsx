// The proof at the end of a campaign: each host identical to before, or the exact difference.
import { HostDifferences } from "#renderer/components/host-differences.tsx";
import { Section } from "#renderer/components/section.tsx";
import { countText } from "#shared/report/number.ts";
import { useCampaign } from "#renderer/stores/campaign-store.ts";

const titles = { sut: "System under test", loadgen: "Load generator", guest: "Guest" } as const;

export function HostComparisons({ campaignId }: { readonly campaignId: string }) {
  const comparisons = useCampaign(campaignId, (view) => view.state.comparisons);
  return [...comparisons].map(([machine, differences]) => (
    <Section
      key={machine}
      title={`${titles[machine]}: ${differences.length === 0 ? "identical to before" : countText(differences.length, "difference")}`}
      flush={differences.length > 0}
    >
      <HostDifferences
        differences={differences}
        same="The facts after the campaign are the facts before it."
      />
    </Section>
  ));
}
