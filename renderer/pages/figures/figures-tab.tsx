// The paper's figures and those beyond it, of one campaign, with others laid over it.
export function FiguresTab({ campaignId }: { readonly campaignId: string }) {
  return <p>{campaignId}</p>;
}
