// A mend behind a question that shows the very commands, and says that they are not undone.
import { Button, Group, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { commandText } from "#shared/model/command.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { HostMend } from "#shared/model/mend.ts";
import { mendCommand, mendLines, mendTitle } from "#shared/plan/mend-command.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { roleTitles } from "./role-titles.ts";
import styles from "./preflight-step.module.css";

interface MendButtonProps {
  readonly role: HostRole;
  readonly mend: HostMend;
  /** Something works on a host already. */
  readonly locked: boolean;
  readonly onMend: (mend: HostMend) => void;
  /** Words of the button; else what the mend does. */
  readonly children?: ReactNode;
}

export function MendButton({ role, mend, locked, onMend, children }: MendButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const title = mendTitle(mend);
  return (
    <>
      <Button size="compact-xs" variant="default" disabled={locked} onClick={open}>
        {children ?? shortTitle(mend)}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={`${title} on the ${roleTitles[role].toLowerCase()}?`}
        size={620}
      >
        <div className={styles.question}>
          <p>{consequence(mend)}</p>
          <CommandText label="Run on the host" text={commandText(mendCommand(mend, scripts))} />
          <CommandText label="Which runs there, as root" text={mendLines(mend).join("\n")} />
        </div>
        <Group justify="flex-end" mt={16}>
          <Button variant="default" data-autofocus onClick={close}>
            Leave it
          </Button>
          <Button
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

/** Scripts lie in the account's own folder, below a hash of them all. */
const scripts = { "mend.sh": "~/.cache/tare/scripts/HASH/mend.sh" };

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
