// All labs: pairs of a system under test and a load generator.
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "wouter";
import type { Host, Lab } from "#shared/model/lab.ts";
import { DataTable, RowLink, type DataColumn } from "#renderer/components/data-table.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { countText } from "#shared/report/number.ts";
import { useLabs } from "#renderer/stores/core-stores.ts";

const path = (lab: Lab) => `/labs/${encodeURIComponent(lab.id)}`;
const account = (host: Host) => `${host.user}@${host.address}${host.port === 22 ? "" : `:${host.port}`}`;

const columns: readonly DataColumn<Lab>[] = [
  {
    id: "name",
    header: "Lab",
    track: "minmax(150px, 1.6fr)",
    value: ({ name }) => name,
    cell: (lab) => <RowLink href={path(lab)}>{lab.name}</RowLink>,
  },
  {
    id: "sut",
    header: "System under test",
    track: "minmax(150px, 1.2fr)",
    value: ({ sut }) => account(sut),
    cell: ({ sut }) => <code>{account(sut)}</code>,
  },
  {
    id: "loadgen",
    header: "Load generator",
    track: "minmax(150px, 1.2fr)",
    value: ({ loadgen }) => account(loadgen),
    cell: ({ loadgen }) => <code>{account(loadgen)}</code>,
  },
  {
    id: "data",
    header: "Data network",
    track: "minmax(190px, 1.4fr)",
    value: ({ sut }) => sut.dataAddress,
    cell: ({ sut, loadgen }) => (
      <code>
        {loadgen.dataAddress} → {sut.dataAddress}
      </code>
    ),
    hideBelow: 860,
  },
  {
    id: "kind",
    header: "Kind",
    track: "90px",
    value: ({ demo }) => (demo ? "built-in" : "machines"),
    hideBelow: 700,
  },
];

export function LabsPage() {
  const labs = useLabs();
  const list = labs.value?.labs;
  return (
    <Page
      title="Labs"
      subtitle={list === undefined ? undefined : countText(list.length, "lab")}
      fixed={list !== undefined && list.length > 0}
      actions={
        <Button component={Link} href="/labs/new" leftSection={<IconPlus size={14} />}>
          Add a lab
        </Button>
      }
    >
      {[...(labs.failure === null ? [] : [labs.failure]), ...(labs.value?.errors ?? [])].map((failure) => (
        <FailureNotice key={failure.message} failure={failure} />
      ))}
      {list?.length === 0 ? (
        <EmptyState
          title="No labs yet"
          actions={
            <Button component={Link} href="/labs/new">
              Add a lab
            </Button>
          }
        >
          <p>
            A lab is a pair of machines: the system under test, where native, Docker and KVM are compared, and
            the load generator, which drives it over the network. Both are reached over SSH.
          </p>
          <p>
            To try Tare without machines, run <code>tare demo</code> in a terminal.
          </p>
        </EmptyState>
      ) : null}
      {list === undefined || list.length === 0 ? null : (
        <DataTable
          label="Labs"
          columns={columns}
          rows={list}
          rowId={({ id }) => id}
          sortBy={{ id: "name", desc: false }}
        />
      )}
    </Page>
  );
}
