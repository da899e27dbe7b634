// Takes a host's settings from an entry of ~/.ssh/config.
import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import type { SshConfigEntry } from "#shared/contract/labs.ts";
import type { Failure } from "#shared/model/error.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { withSshConfig, type LabForm } from "./lab-form.ts";
import styles from "./lab-fields.module.css";

interface Read {
  readonly entries: readonly SshConfigEntry[];
  readonly remarks: readonly string[];
  readonly failure: Failure | null;
}

export function SshConfigPicker({ host }: { readonly host: HostRole }) {
  const form = useFormContext<LabForm>();
  const [read, setRead] = useState<Read | null>(null);

  const load = (): void => {
    api.labs.sshConfig().then(
      (found) => setRead({ ...found, failure: null }),
      (error: unknown) => setRead({ entries: [], remarks: [], failure: failureOf(error) }),
    );
  };
  const take = (entry: SshConfigEntry): void => {
    form.setValue(host, withSshConfig(form.getValues(host), entry), { shouldDirty: true });
    void form.trigger(host);
  };

  return (
    <Menu position="bottom-end" width={340} onOpen={load}>
      <Menu.Target>
        <Button variant="default" size="compact-xs" rightSection={<IconChevronDown size={13} />}>
          From ~/.ssh/config
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {read === null ? <Menu.Label>Reading ~/.ssh/config</Menu.Label> : null}
        {read?.failure == null ? null : <Menu.Label>{read.failure.message}</Menu.Label>}
        {read !== null && read.failure === null && read.entries.length === 0 ? (
          <Menu.Label>~/.ssh/config names no host.</Menu.Label>
        ) : null}
        <div className={styles.entries}>
          {read?.entries.map((entry) => (
            <Menu.Item key={entry.alias} onClick={() => take(entry)}>
              <strong>{entry.alias}</strong>
              <div className={styles.hint}>
                {entry.endpoint.user}@{entry.endpoint.address}:{entry.endpoint.port}
                {entry.jump === undefined ? "" : ` through ${entry.jump.address}`}
              </div>
            </Menu.Item>
          ))}
        </div>
        {read?.remarks.map((remark) => (
          <Menu.Label key={remark}>{remark}</Menu.Label>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
