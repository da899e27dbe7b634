// One host of the lab: what Tare has in force there, undoing it, and the proof that it is as before.
import { Button, Loader } from "@mantine/core";
import { useState } from "react";
import type { HostComparison } from "#shared/contract/hosts.ts";
import { byOwner } from "#shared/changes/owner-text.ts";
import type { HostChange } from "#shared/model/host-change.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { countText } from "#shared/report/number.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { HostDifferences } from "#renderer/components/host-differences.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { ageText, instantText } from "#renderer/format/instant.ts";
import { roleTitle } from "#renderer/format/role-title.ts";
import { ChangesTable } from "./changes-table.tsx";
import { type HostView, undoable, useHosts } from "./hosts-store.ts";
import { UndoDialog } from "./undo-dialog.tsx";
import styles from "./hosts-page.module.css";

interface HostSectionProps {
  readonly labId: string;
  readonly role: HostRole;
  readonly account: string;
  readonly view: HostView;
  readonly now: number;
  /** Ask at once whether all is to be undone, as somebody came here for that. */
  readonly asked: boolean;
  readonly onAnswered: () => void;
}

export function HostSection({ labId, role, account, view, now, asked, onAnswered }: HostSectionProps) {
  const undo = useHosts((state) => state.undo);
  const compare = useHosts((state) => state.compare);
  const [chosen, setChosen] = useState<readonly HostChange[] | null>(null);
  const { look, busy, steps, comparison, failure } = view;
  const changes = look?.status === "reached" ? look.changes : [];
  const all = undoable(changes);
  const idle = busy === null;
  const dialog = chosen ?? (asked && idle && all.length > 0 ? all : null);
  const close = () => {
    setChosen(null);
    onAnswered();
  };
  return (
    <Section
      title={roleTitle[role]}
      aside={
        <>
          <code>{account}</code>
          <LookText view={view} now={now} />
          {look?.status === "reached" ? (
            <Button variant="default" disabled={!idle} onClick={() => void compare(labId, role, null)}>
              Compare with before
            </Button>
          ) : null}
          {all.length === 0 ? null : (
            <Button variant="default" disabled={!idle} onClick={() => setChosen(all)}>
              Undo all
            </Button>
          )}
        </>
      }
    >
      <div className={styles.host} aria-live="polite">
        {failure === null ? null : <FailureNotice failure={failure} />}
        {look === null ? (
          <p className={styles.none}>
            Not looked at since Tare was started. A look connects over SSH, reads the host&apos;s journal of
            changes and changes nothing.
          </p>
        ) : null}
        {look?.status === "failed" ? <FailureNotice failure={look.failure} /> : null}
        {look?.status === "reached" && look.busy !== null ? (
          <Notice severity="info">{look.busy.message} Until then nothing is undone here.</Notice>
        ) : null}
        {look?.status === "reached" && changes.length === 0 ? (
          <p className={styles.none}>Nothing of Tare is in force.</p>
        ) : null}
        {changes.length === 0 ? null : (
          <ChangesTable
            label={`Changes in force on the ${roleTitle[role].toLowerCase()}`}
            changes={changes}
            steps={steps}
            now={now}
            onUndo={idle ? (change) => setChosen([change]) : null}
          />
        )}
        {comparison === null ? null : <Comparison comparison={comparison} />}
      </div>
      {dialog === null ? null : (
        <UndoDialog
          host={account}
          changes={dialog}
          onClose={close}
          onUndo={(overwrite) => {
            close();
            void undo({ labId, role, changes: dialog, overwrite });
          }}
        />
      )}
    </Section>
  );
}

function LookText({ view: { look, busy }, now }: Pick<HostSectionProps, "view" | "now">) {
  if (busy !== null)
    return (
      <span className={styles.busy}>
        <Loader size={13} aria-hidden /> {busy}
      </span>
    );
  if (look === null) return <span>never looked at</span>;
  return (
    <span title={instantText(look.lookedAt)}>
      {look.status === "failed" ? "not reached" : "looked at"} {ageText(look.lookedAt, now)}
    </span>
  );
}

function Comparison({ comparison }: { readonly comparison: HostComparison }) {
  const { before, differences } = comparison;
  if (before === null)
    return (
      <Notice severity="info">
        This computer has no facts of the host from before, so there is nothing to compare it with.
      </Notice>
    );
  const what = `facts of ${instantText(before.takenAt)}, from before what was changed ${byOwner(before.owner)}`;
  return (
    <div className={styles.comparison}>
      <h3>
        {differences.length === 0 ? "Identical to before" : countText(differences.length, "difference")}
      </h3>
      <p className={styles.quiet}>Compared with {what}.</p>
      <HostDifferences differences={differences} same="The facts now are the facts from before." />
    </div>
  );
}
