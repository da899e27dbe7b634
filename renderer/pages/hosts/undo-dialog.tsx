// Before changes are undone: what will be restored, by which commands, and what should be known.
import { Button, Checkbox, Group, Modal } from "@mantine/core";
import { useState } from "react";
import type { HostChange } from "#shared/model/host-change.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { countText } from "#shared/report/number.ts";
import { lineOf, resumableText, undoRemarks } from "./change-words.ts";
import { keyText } from "./hosts-store.ts";
import styles from "./undo-dialog.module.css";

interface UndoDialogProps {
  readonly host: string;
  /** Oldest first; they are undone from the last to the first. */
  readonly changes: readonly HostChange[];
  readonly onClose: () => void;
  readonly onUndo: (overwrite: boolean) => void;
}

export function UndoDialog({ host, changes, onClose, onUndo }: UndoDialogProps) {
  const [overwrite, setOverwrite] = useState(false);
  const drifted = changes.filter(({ state }) => state === "drifted");
  const resumable = resumableText(changes);
  const onlyDrifted = changes.length === 1 && drifted.length === 1;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Undo ${countText(changes.length, "change")} on ${host}?`}
      size={760}
    >
      <ol className={styles.list}>
        {changes.toReversed().map((change) => (
          <li key={keyText(change.record)}>
            <div className={styles.title}>{change.record.change.title}</div>
            <div>
              Restores <code>{lineOf(change.record.before)}</code>
              {change.now === null ? null : (
                <>
                  ; it is <code>{lineOf(change.now)}</code> now
                </>
              )}
              .
            </div>
            {undoRemarks(change).map((remark) => (
              <Notice key={remark} severity={change.state === "drifted" ? "warning" : "info"}>
                {remark}
              </Notice>
            ))}
            {change.undo.length === 0 ? null : <CommandText label="Undo" text={change.undo.join("\n")} />}
          </li>
        ))}
      </ol>
      {resumable === null ? null : (
        <div className={styles.remark}>
          <Notice severity="info">{resumable}</Notice>
        </div>
      )}
      {drifted.length === 0 || onlyDrifted ? null : (
        <Checkbox
          mt={12}
          label={`Restore also what somebody else changed since (${drifted.length}); otherwise it is left`}
          checked={overwrite}
          onChange={(event) => setOverwrite(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end" mt={16}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {onlyDrifted ? "Leave it" : "Keep"}
        </Button>
        <Button color="red.8" onClick={() => onUndo(overwrite || onlyDrifted)}>
          {onlyDrifted
            ? `Restore ${lineOf(drifted[0]?.record.before ?? null)} anyway`
            : `Undo ${countText(changes.length, "change")}`}
        </Button>
      </Group>
    </Modal>
  );
}
