// The paper's sentences, judged on one campaign.
export function ClaimsTab({ campaignId }: { readonly campaignId: string }) {
  return <p>{campaignId}</p>;
}
