// A mend behind a question that shows the very commands, and says that they are not undone.
import { Button, Group, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type ReactNode } from "react";
import type { Failure } from "#shared/model/error.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { HostMend } from "#shared/model/mend.ts";
import { mendLines, mendTitle } from "#shared/plan/mend-command.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { roleTitle } from "#renderer/format/role-title.ts";
import styles from "./preflight-step.module.css";

interface MendButtonProps {
  readonly labId: string;
  readonly role: HostRole;
  readonly mend: HostMend;
  /** Something works on a host already. */
  readonly locked: boolean;
  readonly onMend: (mend: HostMend) => void;
  /** Words of the button; else what the mend does. */
  readonly children?: ReactNode;
}

export function MendButton({ labId, role, mend, locked, onMend, children }: MendButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const [preview, setPreview] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const title = mendTitle(mend);
  const ask = (): void => {
    open();
    setPreview(null);
    setFailure(null);
    api.labs.mendPreview({ labId, role, mend }).then(
      ({ text }) => setPreview(text),
      (error: unknown) => setFailure(failureOf(error)),
    );
  };
  return (
    <>
      <Button size="compact-xs" variant="default" disabled={locked} onClick={ask}>
        {children ?? shortTitle(mend)}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={`${title} on the ${roleTitle[role].toLowerCase()}?`}
        size={620}
      >
        <div className={styles.question}>
          <p>{consequence(mend)}</p>
          {preview === null ? null : <CommandText label="Run on the host" text={preview} />}
          {failure === null ? null : <FailureNotice failure={failure} />}
          <CommandText label="Which runs there, as root" text={mendLines(mend).join("\n")} />
        </div>
        <Group justify="flex-end" mt={16}>
          <Button variant="default" data-autofocus onClick={close}>
            Leave it
          </Button>
          <Button
            disabled={preview === null}
            onClick={() => {
              close();
              onMend(mend);
            }}
          >
            {shortTitle(mend)}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function shortTitle(mend: HostMend): string {
  return mend.kind === "install" && mend.packages.length > 3
    ? `Install ${mend.packages.length} packages`
    : mendTitle(mend);
}

function consequence(mend: HostMend): string {
  switch (mend.kind) {
    case "install":
      return "The packages and what they depend on stay on this machine. It is not a change of a campaign, and Tare does not undo it. Nothing that is installed is removed. While a campaign measures on this machine it is refused.";
    case "start":
      return "The service goes on running on this machine; Tare does not stop it again. While a campaign measures on this machine it is refused.";
    case "module":
      return "The module stays loaded until this machine boots again, and Tare does not take it out. While a campaign measures on this machine it is refused.";
  }
}
