// The list of campaigns.
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useMemo } from "react";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { bytesText } from "#shared/report/number.ts";
import {
  DataTable,
  RowLink,
  useTabStop,
  type DataColumn,
  type TableSort,
} from "#renderer/components/data-table.tsx";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { StatusLabel } from "#renderer/components/status-label.tsx";
import type { TableSelection } from "#renderer/components/use-table-keys.ts";
import { instantText } from "#renderer/format/instant.ts";
import { originOf } from "./library-filters.ts";
import { RunsMeter } from "./runs-meter.tsx";
import { TagLabel } from "./tag-label.tsx";
import styles from "./library-table.module.css";

const path = (entry: CampaignEntry) => `/campaigns/${encodeURIComponent(entry.id)}`;

// Each column is left out where the narrowest tracks of those that are shown, their gaps and the padding need more.
const columnsFor = (onDetails: (id: string) => void): readonly DataColumn<CampaignEntry>[] => [
  {
    id: "name",
    header: "Campaign",
    track: "minmax(170px, 3fr)",
    value: ({ name }) => name,
    cell: (entry) => <Name entry={entry} onDetails={onDetails} />,
  },
  {
    id: "status",
    header: "Status",
    track: "104px",
    value: ({ status }) => status,
    cell: ({ status, origin }) => (origin === "paper" ? "read-only" : <StatusLabel status={status} />),
  },
  {
    id: "runs",
    header: "Runs done",
    track: "minmax(184px, 1fr)",
    value: ({ runsDone, runsPlanned }) => (runsPlanned === 0 ? 0 : runsDone / runsPlanned),
    cell: (entry) =>
      entry.origin === "paper" ? (
        <span className={styles.quiet}>{entry.runsDone} values</span>
      ) : (
        <RunsMeter entry={entry} />
      ),
    hideBelow: 730,
  },
  {
    id: "environments",
    header: "Environments",
    track: "174px",
    value: ({ environments }) => environments.join(" "),
    cell: ({ environments }) => (
      <span className={styles.chips}>
        {environments.map((environment) => (
          <EnvironmentChip key={environment} environment={environment} />
        ))}
      </span>
    ),
    hideBelow: 1002,
  },
  {
    id: "workloads",
    header: "Workloads",
    track: "minmax(100px, 1.2fr)",
    value: ({ workloads }) => workloads.join(", "),
    hideBelow: 1340,
  },
  {
    id: "lab",
    header: "Lab",
    track: "minmax(110px, 1fr)",
    value: ({ lab }) => lab,
    cell: (entry) => (
      <span className={styles.lab}>
        <span className={styles.cut}>{entry.lab}</span>
        {originOf(entry) === "demo" ? <TagLabel tone="mark">demo</TagLabel> : null}
      </span>
    ),
    hideBelow: 1126,
  },
  {
    id: "size",
    header: "Size",
    track: "70px",
    align: "right",
    value: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) => bytesText(sizeBytes),
    hideBelow: 814,
  },
  {
    id: "created",
    header: "Created",
    track: "124px",
    align: "right",
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt, origin }) => (origin === "paper" ? createdAt.slice(0, 4) : instantText(createdAt)),
  },
  {
    id: "details",
    header: "Note",
    track: "34px",
    align: "right",
    value: ({ note }) => (note === "" ? 1 : 0),
    cell: (entry) => <DetailsButton entry={entry} onDetails={onDetails} />,
  },
];

interface RowPartProps {
  readonly entry: CampaignEntry;
  readonly onDetails: (id: string) => void;
}

function Name({ entry, onDetails }: RowPartProps) {
  const tabIndex = useTabStop();
  return (
    <span className={styles.name}>
      <span className={styles.link}>
        <RowLink href={path(entry)}>{entry.name}</RowLink>
      </span>
      {entry.origin === "paper" ? <TagLabel tone="reference">reference</TagLabel> : null}
      {entry.damage === null ? null : (
        <button
          type="button"
          className={styles.damaged}
          tabIndex={tabIndex}
          title={entry.damage.message}
          onClick={() => onDetails(entry.id)}
        >
          <IconAlertTriangle size={12} stroke={1.8} aria-hidden />
          damaged
        </button>
      )}
      <span className={styles.tags}>
        {entry.archived ? <TagLabel tone="mark">archived</TagLabel> : null}
        {entry.importedAt === null ? null : <TagLabel tone="mark">imported</TagLabel>}
        {entry.tags.map((tag) => (
          <TagLabel key={tag}>{tag}</TagLabel>
        ))}
      </span>
    </span>
  );
}

function DetailsButton({ entry, onDetails }: RowPartProps) {
  const tabIndex = useTabStop();
  return (
    <button
      type="button"
      className={styles.details}
      tabIndex={tabIndex}
      data-note={entry.note !== "" || undefined}
      title={entry.note === "" ? "Name, tags, note" : entry.note.slice(0, 400)}
      aria-label={`Name, tags and note of ${entry.name}`}
      onClick={() => onDetails(entry.id)}
    >
      <IconInfoCircle size={15} stroke={1.6} aria-hidden />
    </button>
  );
}

interface LibraryTableProps {
  readonly campaigns: readonly CampaignEntry[];
  /** Null: in the order given. */
  readonly sort: TableSort | null;
  readonly onSort: (sort: TableSort) => void;
  /** The paper stays at the top. */
  readonly pinPaper: boolean;
  readonly selection: TableSelection;
  readonly current: string | null;
  readonly onDetails: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

export function LibraryTable(props: LibraryTableProps) {
  const { campaigns, sort, onSort, pinPaper, selection, current, onDetails, onRemove } = props;
  const columns = useMemo(() => columnsFor(onDetails), [onDetails]);
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={campaigns}
      rowId={idOf}
      sortBy={sort}
      onSort={onSort}
      {...(pinPaper ? { pinned: isPaper } : {})}
      selection={{ ...selection, name: ({ name }) => name }}
      current={current}
      onRowKey={(id, event) => {
        if (event.key === "F2") onDetails(id);
        else if (event.key === "Delete") onRemove(id);
        else return;
        event.preventDefault();
      }}
    />
  );
}

const idOf = ({ id }: CampaignEntry) => id;
const isPaper = ({ origin }: CampaignEntry) => origin === "paper";
