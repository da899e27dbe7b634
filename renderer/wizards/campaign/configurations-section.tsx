// The configurations of a campaign in their order: added, edited in their wizard, compared, exported, removed.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { countText } from "#shared/report/number.ts";
import { Section } from "#renderer/components/section.tsx";
import { configurationState } from "#renderer/wizards/configuration/configuration-state.ts";
import {
  toConfiguration,
  toConfigurationForm,
  type ConfigurationForm,
} from "#renderer/wizards/configuration/configuration-form.ts";
import { AddConfiguration } from "./add-configuration.tsx";
import type { CampaignForm } from "./campaign-form.ts";
import { CompareConfigurations } from "./compare-configurations.tsx";
import { ConfigurationItem } from "./configuration-item.tsx";
import { exportConfigurations } from "./export-configurations.ts";
import { freeId } from "./free-id.ts";
import { ImportConfigurations } from "./import-configurations.tsx";
import { offerBack } from "./put-aside.ts";
import { SaveAsPreset } from "./save-as-preset.tsx";
import { useFocusAfterMove } from "./use-focus-after-move.ts";
import styles from "./configurations-section.module.css";

interface ConfigurationsSectionProps {
  readonly facts: Facts | null;
  readonly lab: Lab | null;
}

export function ConfigurationsSection({ facts, lab }: ConfigurationsSectionProps) {
  const { control, formState, getValues } = useFormContext<CampaignForm>();
  const { append, insert, remove, move } = useFieldArray({ control, name: "configurations", keyName: "key" });
  const forms = useWatch({ control, name: "configurations" });
  const states = useMemo(
    () => forms.map((form) => configurationState(form, facts, lab)),
    [forms, facts, lab],
  );
  const [adding, addingActs] = useDisclosure(false);
  const [importing, importingActs] = useDisclosure(false);
  const [compared, setCompared] = useState<string | null>(null);
  const [kept, setKept] = useState<Configuration | null>(null);
  const { list, focusAfterMove } = useFocusAfterMove(forms);
  const baseline = forms.findIndex(({ environment }) => environment === "native");
  const usable = states.flatMap(({ configuration }) => (configuration === null ? [] : [configuration]));

  const add = (configurations: readonly Configuration[]): void => {
    const taken = [...getValues("configurations")];
    for (const configuration of configurations) {
      const form = { ...toConfigurationForm(configuration), id: freeId(configuration.id, taken) };
      taken.push(form);
      append(form);
    }
  };
  const duplicate = (index: number): void => {
    const original = structuredClone(getValues(`configurations.${index}`));
    const id = freeId(original.id, getValues("configurations"));
    insert(index + 1, {
      ...original,
      id,
      label: `${original.label} (copy)`.slice(0, 200),
      origin: parsed(original),
    });
  };
  const takeOut = (index: number): void => {
    const gone = structuredClone(getValues(`configurations.${index}`));
    remove(index);
    offerBack({
      text: `“${gone.label}” was removed.`,
      back: "Bring it back",
      onBack: (form) => {
        const now = form.getValues("configurations");
        const again = { ...gone, id: freeId(gone.id, now) };
        form.setValue("configurations", now.toSpliced(index, 0, again), {
          shouldDirty: true,
          shouldTouch: true,
        });
      },
    });
  };
  const exportAll = (): void => {
    exportConfigurations(usable, "tare-configurations");
    const left = forms.length - usable.length;
    if (left > 0)
      notifications.show({
        color: "yellow",
        message: `${countText(left, "configuration")} with a wrong field was left out of the file.`,
      });
  };

  return (
    <Section
      title="Configurations"
      flush
      aside={
        <div className={styles.acts}>
          <Button variant="default" size="compact-sm" onClick={importingActs.open}>
            Import…
          </Button>
          <Button variant="default" size="compact-sm" disabled={usable.length === 0} onClick={exportAll}>
            Export all…
          </Button>
          <Button size="compact-sm" onClick={addingActs.open}>
            Add…
          </Button>
        </div>
      }
    >
      {forms.length === 0 ? (
        <p className={styles.none} data-error={formState.errors.configurations !== undefined || undefined}>
          At least one configuration is needed. The first native one is what all ratios are taken to.
        </p>
      ) : null}
      <ol className={styles.list} ref={list}>
        {forms.map((form, index) => {
          const state = states[index];
          if (state === undefined) return null;
          return (
            <ConfigurationItem
              key={form.id}
              index={index}
              last={forms.length - 1}
              form={form}
              state={state}
              baseline={index === baseline}
              acts={{
                move: (to) => {
                  focusAfterMove(form.id, index, to);
                  move(index, to);
                },
                duplicate: () => duplicate(index),
                compare: () => setCompared(form.id),
                exportIt: () =>
                  exportConfigurations(state.configuration === null ? [] : [state.configuration], form.id),
                keep: () => setKept(state.configuration),
                remove: () => takeOut(index),
              }}
            />
          );
        })}
      </ol>
      <AddConfiguration
        opened={adding}
        onClose={addingActs.close}
        facts={facts}
        onAdd={(each) => add([each])}
      />
      <ImportConfigurations opened={importing} onClose={importingActs.close} onImport={add} />
      <CompareConfigurations first={compared} onClose={() => setCompared(null)} labId={lab?.id ?? ""} />
      <SaveAsPreset configuration={kept} onClose={() => setKept(null)} />
    </Section>
  );
}

/** A copy starts from what it is a copy of. */
function parsed(form: ConfigurationForm): Configuration | undefined {
  return configurationSchema.safeParse(toConfiguration(form)).data ?? form.origin;
}
