// What the campaign changed on the hosts: what it was before, what was done, whether it was taken back.
import { useMemo } from "react";
import type { ChangeRecord, ChangeStatus } from "#shared/model/change.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { commandText } from "#shared/model/command.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { instantText } from "#renderer/format/instant.ts";
import { countText } from "#shared/report/number.ts";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import { HostComparisons } from "./host-comparisons.tsx";
import styles from "./changes-tab.module.css";

export function ChangesTab({ campaignId }: { readonly campaignId: string }) {
  const changes = useCampaign(campaignId, (view) => view.state.changes);
  const events = useCampaign(campaignId, (view) => view.events);
  const failures = useMemo(() => failuresByChange(events), [events]);
  const records = [...changes.values()];
  const open = records.filter(({ status, change }) => change.lasting && openStatuses.has(status));

  return (
    <div className={styles.tab}>
      <HostComparisons campaignId={campaignId} />
      {open.length === 0 ? null : (
        <Notice severity="warning">
          {countText(open.length, "change is", "changes are")} in effect or not proven undone.
        </Notice>
      )}
      <Section title="Changes, in order" aside={<span>{countText(records.length, "change")}</span>} flush>
        {records.length === 0 ? (
          <p className={styles.none}>Nothing was changed on the hosts so far.</p>
        ) : (
          <ul className={styles.list}>
            {records.map((record) => (
              <ChangeItem key={record.id} record={record} failure={failures.get(record.id)} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

const openStatuses: ReadonlySet<ChangeStatus> = new Set(["journalled", "applied", "undo-failed"]);

const statusTexts: Readonly<Record<ChangeStatus, string>> = {
  journalled: "announced",
  applied: "in effect",
  unavailable: "not available on this host",
  failed: "failed",
  undone: "undone",
  "undo-failed": "undo failed",
};

interface ChangeItemProps {
  readonly record: ChangeRecord;
  readonly failure: string | undefined;
}

function ChangeItem({ record, failure }: ChangeItemProps) {
  const { change } = record;
  // An act leaves nothing that could be in effect or undone.
  const acted = !change.lasting && (record.status === "applied" || record.status === "undone");
  const status = acted ? "done" : statusTexts[record.status];
  return (
    <li className={styles.item}>
      <details>
        <summary className={styles.summary}>
          <span className={styles.machine}>{record.machine}</span>
          <span className={styles.title}>{change.title}</span>
          <span className={styles.status} data-status={record.status}>
            {status}
          </span>
          <span className={styles.at}>{instantText(record.at)}</span>
        </summary>
        <div className={styles.body}>
          <dl className={styles.facts}>
            <dt>Target</dt>
            <dd className="mono">{change.target}</dd>
            <dt>Before</dt>
            <dd className="mono">{record.before === "" ? "(nothing)" : record.before}</dd>
            <dt>Wanted</dt>
            <dd className="mono">{change.wanted ?? "(known only after it is applied)"}</dd>
            {failure === undefined ? null : (
              <>
                <dt>Failure</dt>
                <dd className={styles.failure}>{failure}</dd>
              </>
            )}
          </dl>
          <CommandText label="Apply" text={change.apply.map(commandText).join("\n")} />
          {change.undo.length === 0 ? null : (
            <CommandText label="Undo" text={change.undo.map(commandText).join("\n")} />
          )}
        </div>
      </details>
    </li>
  );
}

function failuresByChange(events: readonly CampaignEvent[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) =>
      event.type === "change" && event.failure !== undefined
        ? [[event.record.id, event.failure.message] as const]
        : [],
    ),
  );
}
