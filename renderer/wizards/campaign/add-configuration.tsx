// The chooser of presets: of the paper, of common practice, and one's own; filtered by text, walked by arrow keys.
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { environmentReason } from "#shared/environments/offers.ts";
import { configurationPresets, fittedTo, type PresetGroup } from "#shared/environments/presets.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { OwnPresetOptions } from "./own-preset-options.tsx";
import { PresetOption } from "./preset-option.tsx";
import { matchesText } from "./matches-text.ts";
import { useOptionKeys } from "./use-option-keys.ts";
import styles from "./add-configuration.module.css";

interface AddConfigurationProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly facts: Facts | null;
  readonly onAdd: (configuration: Configuration) => void;
}

export function AddConfiguration({ opened, onClose, ...rest }: AddConfigurationProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add configurations" size={760}>
      <Chooser {...rest} onClose={onClose} />
    </Modal>
  );
}

const groups: Readonly<Record<PresetGroup, string>> = {
  paper: "The paper",
  practice: "Common practice",
};

function Chooser({ facts, onAdd, onClose }: Omit<AddConfigurationProps, "opened">) {
  const [filter, setFilter] = useState("");
  const [added, setAdded] = useState<readonly string[]>([]);
  const options = useOptionKeys();
  const add = (title: string, configuration: Configuration): void => {
    onAdd(configuration);
    setAdded([...added, title]);
  };
  return (
    <div ref={options}>
      <TextInput
        label="Filter"
        data-autofocus
        placeholder="docker, one socket, macvlan…"
        spellCheck={false}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      {Object.entries(groups).map(([group, title]) => (
        <fieldset key={group} className={styles.group}>
          <legend>{title}</legend>
          {configurationPresets
            .filter((preset) => preset.group === group && matchesText(filter, preset))
            .map((preset) => (
              <PresetOption
                key={preset.configuration.id}
                title={preset.title}
                summary={preset.summary}
                environment={preset.configuration.environment}
                reason={environmentReason(preset.configuration, facts)}
                onChoose={() =>
                  add(
                    preset.title,
                    facts === null ? preset.configuration : fittedTo(preset.configuration, facts),
                  )
                }
              />
            ))}
        </fieldset>
      ))}
      <OwnPresetOptions filter={filter} facts={facts} onChoose={add} />
      <Group justify="space-between" mt={14} wrap="nowrap" className={styles.foot}>
        <span role="status" className={styles.hint}>
          {added.length === 0 ? "Enter adds the chosen one." : `Added: ${added.join("; ")}.`}
        </span>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </div>
  );
}
