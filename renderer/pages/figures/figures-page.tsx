// Figures over several campaigns: `/figures?campaigns=a,b`.
import { Page } from "#renderer/components/page.tsx";
import { FiguresView } from "./figures-view.tsx";

export function FiguresPage() {
  return (
    <Page title="Figures" subtitle={<span>Any campaigns, the paper among them, laid over each other</span>}>
      <FiguresView own={null} />
    </Page>
  );
}
