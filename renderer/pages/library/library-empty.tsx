// The library before its first campaign: under the paper's data, which are always there.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { paperId } from "#shared/model/dataset.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ImportButton } from "#renderer/components/import-button.tsx";

interface LibraryEmptyProps {
  readonly demo: { readonly available: boolean; readonly reason: string } | null;
}

export function LibraryEmpty({ demo }: LibraryEmptyProps) {
  return (
    <EmptyState
      title="No campaigns yet"
      actions={
        <>
          <Button component={Link} href="/labs/new">
            Add a lab
          </Button>
          <Button component={Link} href="/new" variant="default">
            New campaign
          </Button>
          <ImportButton />
          <Button component={Link} href={`/campaigns/${paperId}`} variant="default">
            Look at the paper's data
          </Button>
        </>
      }
    >
      <p>
        A campaign measures what Docker and KVM cost against native on two machines of yours. Add the pair as
        a lab, choose what to measure, read the plan, start.
      </p>
      <DemoHint demo={demo} />
      <p>
        The paper's own data stand above: its figures and claims can be looked at without a campaign. A
        colleague's <code>.tare</code> file can be dropped anywhere in this window.
      </p>
    </EmptyState>
  );
}

function DemoHint({ demo }: LibraryEmptyProps) {
  if (demo === null) return null;
  return demo.available ? (
    <p>
      Without two machines: <code>tare demo</code> in a terminal builds a small lab on this machine and
      measures on it. Its figures show how Tare works, not what your hardware does.
    </p>
  ) : (
    <p>The built-in lab cannot run on this machine: {demo.reason}</p>
  );
}
