// What differs between two or more campaigns: `/compare?campaigns=a,b`.
import { Page } from "#renderer/components/page.tsx";

export function ComparePage() {
  return (
    <Page title="Compare">
      <p />
    </Page>
  );
}
