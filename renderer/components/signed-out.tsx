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
          Press Enter in the terminal where Tare runs: it prints another address to open here. If Tare does
          not run, start it with <code>npm start</code>.
        </p>
      </EmptyState>
    </main>
  );
}
