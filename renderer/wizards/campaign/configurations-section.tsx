// The configurations of a campaign: added from presets, edited in place, duplicated, removed.
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown, IconCopyPlus, IconTrash } from "@tabler/icons-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { Link } from "wouter";
import { environmentReason } from "#shared/environments/offers.ts";
import { configurationPresets, fittedTo } from "#shared/environments/presets.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "./campaign-form.ts";
import { configurationHref } from "./campaign-place.ts";
import { freeId } from "./free-id.ts";
import {
  configurationSummary,
  toConfigurationForm,
} from "#renderer/wizards/configuration/configuration-form.ts";
import styles from "./configurations-section.module.css";

export function ConfigurationsSection({ facts }: { readonly facts: Facts | null }) {
  const { control, formState, getValues } = useFormContext<CampaignForm>();
  const { fields, append, insert, remove } = useFieldArray({
    control,
    name: "configurations",
    keyName: "key",
  });
  const error = formState.errors.configurations;

  const add = (configuration: Configuration): void => {
    const fitted = facts === null ? configuration : fittedTo(configuration, facts);
    append({ ...toConfigurationForm(fitted), id: freeId(configuration.id, getValues("configurations")) });
  };
  const duplicate = (index: number): void => {
    const original = getValues(`configurations.${index}`);
    insert(index + 1, {
      ...original,
      id: freeId(original.id, getValues("configurations")),
      label: `${original.label} (copy)`,
    });
  };

  return (
    <Section title="Configurations" aside={<AddMenu facts={facts} onAdd={add} />} flush>
      {fields.length === 0 ? (
        <p className={styles.none} data-error={error !== undefined || undefined}>
          At least one configuration is needed. The first native one is what all ratios are taken to.
        </p>
      ) : null}
      <ul className={styles.list}>
        {fields.map((field, index) => (
          <ConfigurationItem
            key={field.key}
            index={index}
            onDuplicate={() => duplicate(index)}
            onRemove={() => remove(index)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface AddMenuProps {
  readonly facts: Facts | null;
  readonly onAdd: (configuration: Configuration) => void;
}

function AddMenu({ facts, onAdd }: AddMenuProps) {
  return (
    <Menu position="bottom-end" width={360}>
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<IconChevronDown size={13} />}>
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.presets}>
        {configurationPresets.map(({ title, summary, configuration }) => {
          const reason = environmentReason(configuration, facts);
          return (
            <Menu.Item key={configuration.id} disabled={reason !== null} onClick={() => onAdd(configuration)}>
              <EnvironmentChip environment={configuration.environment} label={title} />
              <div className={styles.hint}>{reason ?? summary}</div>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemProps {
  readonly index: number;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

function ConfigurationItem({ index, onDuplicate, onRemove }: ItemProps) {
  const { control } = useFormContext<CampaignForm>();
  const form = useWatch({ control, name: `configurations.${index}` });
  const all = useWatch({ control, name: "configurations" });
  const baseline = all.findIndex(({ environment }) => environment === "native") === index;
  const label = form.label === "" ? form.id : form.label;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <Link
          href={configurationHref(form.id, "environment")}
          className={styles.toggle}
          aria-label={`Edit ${label}`}
        >
          <EnvironmentChip environment={form.environment} label={label} />
        </Link>
        {baseline ? <span className={styles.baseline}>ratios are taken to this</span> : null}
        <span className={styles.summary}>{configurationSummary(form)}</span>
        <span className={styles.acts}>
          <Tooltip label="Duplicate">
            <ActionIcon size="sm" aria-label={`Duplicate ${form.label}`} onClick={onDuplicate}>
              <IconCopyPlus size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Remove">
            <ActionIcon size="sm" aria-label={`Remove ${form.label}`} onClick={onRemove}>
              <IconTrash size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
    </li>
  );
}
