// One's own presets in the chooser: to add, to rename, to remove.
import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { OwnPreset } from "#shared/contract/configurations.ts";
import { environmentReason } from "#shared/environments/offers.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { lineSchema } from "#shared/model/text.ts";
import { api } from "#renderer/api/client.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import { matchesText } from "./matches-text.ts";
import { useOwnPresets } from "./own-presets.ts";
import { PresetOption } from "./preset-option.tsx";
import styles from "./add-configuration.module.css";

interface OwnPresetOptionsProps {
  readonly filter: string;
  readonly facts: Facts | null;
  readonly onChoose: (title: string, configuration: Configuration) => void;
}

export function OwnPresetOptions({ filter, facts, onChoose }: OwnPresetOptionsProps) {
  const { value, failure, reload } = useOwnPresets();
  const [renamed, setRenamed] = useState<string | null>(null);
  const [removed, setRemoved] = useState<OwnPreset | null>(null);
  const act = async (title: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      showFailure(title, error);
      return false;
    } finally {
      await reload();
    }
  };
  const remove = async (preset: OwnPreset): Promise<void> => {
    if (await act("The preset was not removed", () => api.configurations.remove({ presetId: preset.id })))
      setRemoved(preset);
  };
  const bringBack = async (preset: OwnPreset): Promise<void> => {
    if (await act("The preset was not brought back", () => api.configurations.save(preset))) setRemoved(null);
  };

  return (
    <fieldset className={styles.group}>
      <legend>Yours</legend>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {value?.errors.map((each) => (
        <FailureNotice key={each.message} failure={each} />
      ))}
      {value?.presets.length === 0 ? (
        <p className={styles.hint}>“Save as preset…” of a configuration puts it here.</p>
      ) : null}
      {value?.presets
        .filter((preset) => matchesText(filter, preset))
        .map((preset) => (
          <div key={preset.id} className={styles.own}>
            {renamed === preset.id ? (
              <Rename
                title={preset.title}
                onCancel={() => setRenamed(null)}
                onRename={(title) => {
                  setRenamed(null);
                  void act("The preset was not renamed", () => api.configurations.save({ ...preset, title }));
                }}
              />
            ) : (
              <PresetOption
                title={preset.title}
                summary={preset.summary}
                environment={preset.configuration.environment}
                reason={environmentReason(preset.configuration, facts)}
                onChoose={() => onChoose(preset.title, preset.configuration)}
              />
            )}
            <Tooltip label="Rename">
              <ActionIcon
                size="sm"
                aria-label={`Rename ${preset.title}`}
                onClick={() => setRenamed(preset.id)}
              >
                <IconPencil size={15} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Remove">
              <ActionIcon size="sm" aria-label={`Remove ${preset.title}`} onClick={() => void remove(preset)}>
                <IconTrash size={15} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </div>
        ))}
      {removed === null ? null : (
        <p className={styles.hint} role="status">
          {`“${removed.title}” was removed. `}
          <button type="button" className={styles.back} onClick={() => void bringBack(removed)}>
            Bring it back
          </button>
        </p>
      )}
    </fieldset>
  );
}

interface RenameProps {
  readonly title: string;
  readonly onRename: (title: string) => void;
  readonly onCancel: () => void;
}

function Rename({ title, onRename, onCancel }: RenameProps) {
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  // The pencil was just pressed.
  useEffect(() => field.current?.select(), []);
  const wrong = lineSchema.safeParse(text).error?.issues[0]?.message ?? null;
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === null) onRename(text.trim());
      }}
    >
      <TextInput
        aria-label={`New title of ${title}`}
        ref={field}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onCancel();
        }}
        error={wrong}
      />
    </form>
  );
}
