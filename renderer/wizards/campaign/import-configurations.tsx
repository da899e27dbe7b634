// Takes configurations from a file or from pasted text; says which field is wrong where one is, and then takes nothing.
import { Button, FileButton, Group, Modal, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { Configuration } from "#shared/model/configuration.ts";
import { readConfigurationFile } from "#shared/plan/configuration-file.ts";
import { countText } from "#shared/report/number.ts";
import { Notice } from "#renderer/components/notice.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import styles from "./import-configurations.module.css";

interface ImportConfigurationsProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onImport: (configurations: readonly Configuration[]) => void;
}

const shownErrors = 8;

export function ImportConfigurations({ opened, onClose, onImport }: ImportConfigurationsProps) {
  const [text, setText] = useState("");
  const [errors, setErrors] = useState<readonly string[]>([]);

  const take = (from: string): void => {
    setText(from);
    const read = readConfigurationFile(from);
    setErrors(read.errors);
    if (read.configurations === null) return;
    onImport(read.configurations);
    notifications.show({ message: `${countText(read.configurations.length, "configuration")} imported.` });
    setText("");
    onClose();
  };
  const takeFile = (file: File | null): void => {
    file?.text().then(take, (error: unknown) => showFailure(`${file.name} was not read`, error));
  };

  return (
    <Modal opened={opened} onClose={onClose} title="Import configurations" size={680}>
      <Group align="center" gap={10} mb={10}>
        <FileButton accept="application/json,.json" onChange={takeFile}>
          {(props) => (
            <Button variant="default" {...props}>
              Choose a file…
            </Button>
          )}
        </FileButton>
        <span className={styles.hint}>Exported by Tare: one configuration or many. Nothing is replaced.</span>
      </Group>
      <Textarea
        label="Or paste its text"
        data-autofocus
        rows={10}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        classNames={{ input: styles.text }}
      />
      {errors.length === 0 ? null : (
        <div className={styles.errors} role="alert">
          <Notice severity="error">
            Nothing was imported.
            <ul className={styles.list}>
              {errors.slice(0, shownErrors).map((error) => (
                <li key={error}>{error}</li>
              ))}
            </ul>
            {errors.length > shownErrors ? `And ${errors.length - shownErrors} more.` : null}
          </Notice>
        </div>
      )}
      <p className={styles.hint}>
        Each gets an id of its own. The serial number of a block device is never in a file: it confirms that
        the device may be overwritten, and is typed anew.
      </p>
      <Group justify="flex-end" mt={12}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button disabled={text.trim() === ""} onClick={() => take(text)}>
          Import
        </Button>
      </Group>
    </Modal>
  );
}
