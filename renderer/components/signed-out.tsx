// Shown where the core does not know this browser.
import { useDocumentTitle } from "@mantine/hooks";
import { EmptyState } from "./empty-state.tsx";

export function SignedOut() {
  useDocumentTitle("Not signed in · Tare");
  return (
    <main>
      <EmptyState title="This browser is not signed in to Tare">
        <p>
          Tare answers only to a browser that was opened with its own one-time address. The address was used
          already, or Tare has been started again since.
        </p>
        <p>
          Start Tare with <code>npm start</code>, or copy the address that its terminal shows, and open it
          here.
        </p>
      </EmptyState>
    </main>
  );
}
