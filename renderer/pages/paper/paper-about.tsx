// What the paper is, what was measured, and where its text and its data disagree.
export function PaperAbout({ campaignId }: { readonly campaignId: string }) {
  return <p>{campaignId}</p>;
}
