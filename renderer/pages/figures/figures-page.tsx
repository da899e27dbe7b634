// Figures over several campaigns: `/figures?campaigns=a,b`.
import { Page } from "#renderer/components/page.tsx";

export function FiguresPage() {
  return (
    <Page title="Figures">
      <p />
    </Page>
  );
}
