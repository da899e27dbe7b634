// Keeps a configuration as a preset of one's own, for every later campaign.
import { Button, Group, Modal, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { Configuration } from "#shared/model/configuration.ts";
import { ownPresetSchema } from "#shared/contract/configurations.ts";
import { withoutConfirmation } from "#shared/plan/configuration-file.ts";
import { api } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/components/show-failure.ts";
import { freshId } from "./fresh-id.ts";
import { useOwnPresets } from "./own-presets.ts";
import styles from "./import-configurations.module.css";

interface SaveAsPresetProps {
  /** Null: the dialog is closed. */
  readonly configuration: Configuration | null;
  readonly onClose: () => void;
}

export function SaveAsPreset({ configuration, onClose }: SaveAsPresetProps) {
  return (
    <Modal opened={configuration !== null} onClose={onClose} title="Save as preset" size={480}>
      {configuration === null ? null : <PresetForm configuration={configuration} onClose={onClose} />}
    </Modal>
  );
}

interface PresetFormProps {
  readonly configuration: Configuration;
  readonly onClose: () => void;
}

function PresetForm({ configuration, onClose }: PresetFormProps) {
  const { reload } = useOwnPresets();
  const [title, setTitle] = useState(configuration.label);
  const [summary, setSummary] = useState("");
  const { title: titleSchema, summary: summarySchema } = ownPresetSchema.shape;
  const wrongTitle = titleSchema.safeParse(title).error?.issues[0]?.message ?? null;
  const wrongSummary = summarySchema.safeParse(summary).error?.issues[0]?.message ?? null;

  const save = async (): Promise<void> => {
    try {
      await api.configurations.save({
        id: freshId("preset"),
        title: title.trim(),
        summary: summary.trim(),
        configuration: withoutConfirmation(configuration),
      });
      notifications.show({ message: `“${title.trim()}” is among your presets now.` });
      onClose();
    } catch (error) {
      showFailure("The preset was not saved", error);
    }
    await reload();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrongTitle === null && wrongSummary === null) void save();
      }}
    >
      <TextInput
        label="Title"
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={wrongTitle}
      />
      <Textarea
        label="What it is for"
        description="May be empty"
        rows={2}
        mt={10}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
        error={wrongSummary}
      />
      <p className={styles.hint}>
        {"storage" in configuration && "device" in configuration.storage
          ? "The device’s serial number is left out: it is typed anew in each campaign. "
          : ""}
        CPUs, nodes and sizes are kept as they are, also on another lab.
      </p>
      <Group justify="flex-end" mt={16}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button type="submit" disabled={wrongTitle !== null || wrongSummary !== null}>
          Save
        </Button>
      </Group>
    </form>
  );
}
