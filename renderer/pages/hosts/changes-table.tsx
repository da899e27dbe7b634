// What is in force on a host: each change with what was before, what Tare set and what is now.
import { Anchor, Button, Loader, Table } from "@mantine/core";
import { Link } from "wouter";
import type { UndoStep } from "#shared/contract/hosts.ts";
import { isInUse } from "#shared/changes/host-changes.ts";
import type { ChangeOwner, HostChange } from "#shared/model/host-change.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { ageText, instantText } from "#renderer/format/instant.ts";
import { lineOf, stateWords } from "./change-words.ts";
import { keyText } from "./hosts-store.ts";
import styles from "./changes-table.module.css";

interface ChangesTableProps {
  readonly label: string;
  readonly changes: readonly HostChange[];
  readonly steps: ReadonlyMap<string, UndoStep>;
  readonly now: number;
  /** Null while something is under way on the host. */
  readonly onUndo: ((change: HostChange) => void) | null;
}

export function ChangesTable({ label, changes, steps, now, onUndo }: ChangesTableProps) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={label} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Change</Table.Th>
            <Table.Th>Since, and by whom</Table.Th>
            <Table.Th>Before → set → now</Table.Th>
            <Table.Th>
              <span className={styles.hidden}>Undo</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Row
              key={keyText(change.record)}
              change={change}
              step={steps.get(keyText(change.record))}
              now={now}
              onUndo={onUndo}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RowProps extends Pick<ChangesTableProps, "now" | "onUndo"> {
  readonly change: HostChange;
  readonly step: UndoStep | undefined;
}

function Row({ change, step, now, onUndo }: RowProps) {
  const { record, owner, state } = change;
  const reason = reasonAgainst(change);
  return (
    <>
      <Table.Tr className={styles.row}>
        <Table.Td>
          <div className={styles.title}>{record.change.title}</div>
          <div className={styles.target}>{record.change.target}</div>
        </Table.Td>
        <Table.Td>
          <div>{ageText(record.at, now)}</div>
          <div className={styles.instant}>{instantText(record.at)}</div>
          <Owner owner={owner} />
        </Table.Td>
        <Table.Td>
          <div className={styles.values}>
            {lineOf(record.before)} → {record.change.wanted ?? "present"} → {lineOf(change.now)}
          </div>
          <div className={styles.state} data-state={state}>
            {stateWords[state]}
          </div>
          {reason === null ? null : <div className={styles.quiet}>{reason}</div>}
        </Table.Td>
        <Table.Td className={styles.act}>
          {step?.kind === "undoing" ? (
            <Loader size={14} aria-label="being undone" />
          ) : step?.kind === "undone" ? (
            <span className={styles.undone}>undone</span>
          ) : reason !== null ? null : (
            <Button
              variant="default"
              disabled={onUndo === null}
              aria-label={`Undo: ${record.change.title}`}
              onClick={() => onUndo?.(change)}
            >
              Undo
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
      {step?.kind === "left" ? (
        <Table.Tr>
          <Table.Td colSpan={4}>
            <FailureNotice failure={step.failure} />
          </Table.Td>
        </Table.Tr>
      ) : null}
    </>
  );
}

/** Why the change cannot be undone from here by itself; null where it can. */
function reasonAgainst(change: HostChange): string | null {
  if (isInUse(change)) return "Belongs to a running campaign, whose end undoes it.";
  return change.coveredBy === null ? null : "Undo the later one first, or all.";
}

function Owner({ owner }: { readonly owner: ChangeOwner }) {
  if (owner.kind === "by-hand") return "by hand";
  if (owner.kind === "unknown")
    return (
      <>
        <code>{owner.campaignId}</code>
        <div className={styles.quiet}>not in this library</div>
      </>
    );
  return (
    <>
      <Anchor component={Link} href={`/campaigns/${encodeURIComponent(owner.campaignId)}/changes`} size="sm">
        {owner.name ?? owner.campaignId}
      </Anchor>
      <div className={styles.quiet}>{owner.status}</div>
    </>
  );
}
