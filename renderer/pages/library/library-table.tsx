// The list of campaigns.
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { DataTable, RowLink, type DataColumn } from "#renderer/components/data-table.tsx";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { StatusLabel } from "#renderer/components/status-label.tsx";
import { instantText } from "#renderer/format/instant.ts";
import { bytesText } from "#shared/report/number.ts";
import { RunsMeter } from "./runs-meter.tsx";
import styles from "./library-table.module.css";

const path = (entry: CampaignEntry) => `/campaigns/${encodeURIComponent(entry.id)}`;

// Each column is left out where the narrowest tracks of those that are shown, their gaps and the padding need more.
const columns: readonly DataColumn<CampaignEntry>[] = [
  {
    id: "name",
    header: "Campaign",
    track: "minmax(150px, 2.2fr)",
    value: ({ name }) => name,
    cell: (entry) => <RowLink href={path(entry)}>{entry.name}</RowLink>,
  },
  {
    id: "status",
    header: "Status",
    track: "104px",
    value: ({ status }) => status,
    cell: ({ status }) => <StatusLabel status={status} />,
  },
  {
    id: "runs",
    header: "Runs done",
    track: "minmax(170px, 1fr)",
    value: ({ runsDone, runsPlanned }) => (runsPlanned === 0 ? 0 : runsDone / runsPlanned),
    cell: (entry) => <RunsMeter entry={entry} />,
    hideBelow: 618,
  },
  {
    id: "environments",
    header: "Environments",
    track: "180px",
    value: ({ environments }) => environments.join(" "),
    cell: ({ environments }) => (
      <span className={styles.chips}>
        {environments.map((environment) => (
          <EnvironmentChip key={environment} environment={environment} />
        ))}
      </span>
    ),
    hideBelow: 896,
  },
  {
    id: "workloads",
    header: "Workloads",
    track: "minmax(120px, 1.2fr)",
    value: ({ workloads }) => workloads.join(", "),
    hideBelow: 1174,
  },
  {
    id: "lab",
    header: "Lab",
    track: "minmax(130px, 1fr)",
    value: ({ lab }) => lab,
    cell: ({ lab, demo }) => (
      <>
        {lab}
        {demo ? <span className={styles.demo}>demo</span> : null}
      </>
    ),
    hideBelow: 1040,
  },
  {
    id: "size",
    header: "Size",
    track: "70px",
    align: "right",
    value: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) => bytesText(sizeBytes),
    hideBelow: 702,
  },
  {
    id: "created",
    header: "Created",
    track: "124px",
    align: "right",
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => instantText(createdAt),
  },
];

export function LibraryTable({ campaigns }: { readonly campaigns: readonly CampaignEntry[] }) {
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={campaigns}
      rowId={({ id }) => id}
      sortBy={{ id: "created", desc: true }}
    />
  );
}
