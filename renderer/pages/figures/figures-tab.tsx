// The paper's figures and those beyond it, of one campaign, with others laid over it.
import { FiguresView } from "./figures-view.tsx";

export function FiguresTab({ campaignId }: { readonly campaignId: string }) {
  return <FiguresView own={campaignId} />;
}
