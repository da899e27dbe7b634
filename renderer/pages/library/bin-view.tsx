// The bin: removed campaigns, to be brought back or deleted for good.
import { Button } from "@mantine/core";
import type { Removed } from "#shared/contract/library.ts";
import { bytesText, countText } from "#shared/report/number.ts";
import { attempt } from "#renderer/components/attempt.ts";
import { ConfirmButton } from "#renderer/components/confirm-button.tsx";
import { DataTable, useTabStop, type DataColumn } from "#renderer/components/data-table.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { instantText } from "#renderer/format/instant.ts";
import { purge, restore } from "#renderer/stores/library-actions.ts";
import styles from "./bin-view.module.css";

const columns: readonly DataColumn<Removed>[] = [
  { id: "name", header: "Campaign", track: "minmax(160px, 2fr)", value: ({ name }) => name },
  {
    id: "size",
    header: "Size",
    track: "80px",
    align: "right",
    value: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) => bytesText(sizeBytes),
  },
  {
    id: "removed",
    header: "Removed",
    track: "124px",
    align: "right",
    value: ({ removedAt }) => removedAt,
    cell: ({ removedAt }) => instantText(removedAt),
  },
  {
    id: "actions",
    header: "Actions",
    unsorted: true,
    track: "210px",
    align: "right",
    value: () => 0,
    cell: (removed) => <Actions removed={removed} />,
  },
];

export function BinView({ removed }: { readonly removed: readonly Removed[] }) {
  if (removed.length === 0)
    return (
      <EmptyState title="The bin is empty">
        <p>Campaigns that are removed from the library stay here until they are deleted for good.</p>
      </EmptyState>
    );
  const bytes = removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <>
      <div className={styles.tools}>
        <span>
          {countText(removed.length, "campaign")}, {bytesText(bytes)}
        </span>
        <ConfirmButton
          title={`Delete ${countText(removed.length, "campaign")} for good?`}
          explanation={`${countText(removed.length, "campaign")} with all raw files, ${bytesText(bytes)}, are deleted from this computer. This cannot be undone.`}
          confirm="Delete for good"
          onConfirm={() => void attempt("The bin was not emptied", () => purge(null))}
        >
          Empty the bin…
        </ConfirmButton>
      </div>
      <DataTable
        label="Removed campaigns"
        columns={columns}
        rows={removed}
        rowId={({ campaignId }) => campaignId}
        sortBy={{ id: "removed", desc: true }}
      />
    </>
  );
}

function Actions({ removed }: { readonly removed: Removed }) {
  const { campaignId, name, sizeBytes } = removed;
  const tabIndex = useTabStop();
  return (
    <span className={styles.actions}>
      <Button
        variant="default"
        size="compact-xs"
        tabIndex={tabIndex}
        aria-label={`Restore ${name}`}
        onClick={() => void attempt(`“${name}” was not restored`, () => restore([campaignId]))}
      >
        Restore
      </Button>
      <ConfirmButton
        size="compact-xs"
        tabIndex={tabIndex}
        aria-label={`Delete ${name} for good`}
        title={`Delete “${name}” for good?`}
        explanation={`The campaign with all its raw files, ${bytesText(sizeBytes)}, is deleted from this computer. This cannot be undone.`}
        confirm="Delete for good"
        onConfirm={() => void attempt(`“${name}” was not deleted`, () => purge(campaignId))}
      >
        Delete…
      </ConfirmButton>
    </span>
  );
}
