// Ladders: walks from one configuration to another, one change at a time, each step compared with the one before.
import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronDown, IconTrash, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { fieldError } from "#renderer/components/field-error.ts";
import { Notice } from "#renderer/components/notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { configurationSchema } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { configurationDifferences, differenceText } from "#shared/plan/configuration-differences.ts";
import { ladderPresets, type FittedLadder, type LadderPreset } from "#shared/plan/ladder-presets.ts";
import type { CampaignForm } from "./campaign-form.ts";
import {
  toConfiguration,
  type ConfigurationForm,
} from "#renderer/wizards/configuration/configuration-form.ts";
import { ladderForm } from "./ladder-form.ts";
import styles from "./ladders-section.module.css";

export function LaddersSection({ facts }: { readonly facts: Facts | null }) {
  const { control, getValues, setValue } = useFormContext<CampaignForm>();
  const { fields, append, remove } = useFieldArray({ control, name: "ladders", keyName: "key" });
  const [leftOut, setLeftOut] = useState<FittedLadder["leftOut"]>([]);
  const addPreset = (preset: LadderPreset): void => {
    const walk = ladderForm(preset, facts, getValues());
    setValue("configurations", [...getValues("configurations"), ...walk.configurations], {
      shouldDirty: true,
    });
    if (walk.ladder !== null) append(walk.ladder);
    setLeftOut(walk.leftOut);
  };
  const add = (): void => {
    const taken = new Set(getValues("ladders").map(({ id }) => id));
    let count = 1;
    while (taken.has(`ladder-${count}`)) count += 1;
    append({ id: `ladder-${count}`, title: `Ladder ${count}`, steps: [] });
  };
  return (
    <Section
      title="Ladders"
      aside={
        <Menu position="bottom-end" width={420}>
          <Menu.Target>
            <Button variant="default" size="compact-sm" rightSection={<IconChevronDown size={13} />}>
              Add a ladder
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={add}>
              From the configurations above
              <div className={styles.summary}>Without a step at first; they are chosen in their order.</div>
            </Menu.Item>
            {ladderPresets.map((preset) => (
              <Menu.Item key={preset.id} onClick={() => addPreset(preset)}>
                {preset.title}
                <div className={styles.summary}>{preset.summary} Its configurations are added.</div>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
      flush
    >
      {fields.length === 0 ? (
        <p className={styles.none}>
          A ladder walks through configurations of this campaign in order, one change at a time, and tells
          which part of the whole difference each change makes. None is set up.
        </p>
      ) : (
        <ul className={styles.list}>
          {fields.map((field, index) => (
            <LadderItem key={field.key} index={index} onRemove={() => remove(index)} />
          ))}
        </ul>
      )}
      {leftOut.length === 0 ? null : (
        <div className={styles.leftOut}>
          <Notice severity="info">
            Left out, for this lab does not offer it or it would change nothing:
            <ul className={styles.reasons}>
              {leftOut.map(({ id, label, reason }) => (
                <li key={id}>
                  {label}: {reason}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
    </Section>
  );
}

function LadderItem({ index, onRemove }: { readonly index: number; readonly onRemove: () => void }) {
  const { control, register, setValue, formState, trigger } = useFormContext<CampaignForm>();
  const steps = useWatch({ control, name: `ladders.${index}.steps` });
  const configurations = useWatch({ control, name: "configurations" });
  const byId = new Map(configurations.map((configuration) => [configuration.id, configuration]));
  // A step whose configuration was removed is no step any more.
  const known = steps.filter((step) => byId.has(step));
  const left = configurations.filter(({ id }) => !known.includes(id));
  const set = (next: string[]): void => {
    setValue(`ladders.${index}.steps`, next, { shouldDirty: true });
    if (formState.isSubmitted) void trigger(`ladders.${index}.steps`);
  };
  const swap = (place: number, other: number): void => {
    const next = [...known];
    const [a, b] = [next[place], next[other]];
    if (a === undefined || b === undefined) return;
    next[place] = b;
    next[other] = a;
    set(next);
  };
  // A ladder that was just added has no step yet; that is said when a plan is asked for.
  const error = formState.isSubmitted ? fieldError(formState.errors, `ladders.${index}.steps`) : undefined;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <TextInput
          className={styles.title}
          aria-label={`Title of ladder ${index + 1}`}
          spellCheck={false}
          {...register(`ladders.${index}.title`)}
          error={fieldError(formState.errors, `ladders.${index}.title`)}
        />
        <ActionIcon size="sm" aria-label={`Remove ladder ${index + 1}`} onClick={onRemove}>
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      <ol className={styles.steps}>
        {known.map((id, place) => (
          <Step
            key={id}
            configuration={byId.get(id)}
            before={byId.get(known[place - 1] ?? "")}
            first={place === 0}
            last={place === known.length - 1}
            onUp={() => swap(place, place - 1)}
            onDown={() => swap(place, place + 1)}
            onRemove={() => set(known.filter((step) => step !== id))}
          />
        ))}
      </ol>
      <Select
        className={styles.add}
        aria-label={`Add a step to ladder ${index + 1}`}
        placeholder={known.length === 0 ? "First configuration" : "Next configuration"}
        data={left.map(({ id, label }) => ({ value: id, label: label === "" ? id : label }))}
        value={null}
        error={error}
        onChange={(id) => (id === null ? undefined : set([...known, id]))}
        disabled={left.length === 0}
      />
    </li>
  );
}

interface StepProps {
  readonly configuration: ConfigurationForm | undefined;
  readonly before: ConfigurationForm | undefined;
  readonly first: boolean;
  readonly last: boolean;
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onRemove: () => void;
}

/** What a step changes; nothing is said while either configuration is not complete. */
function changesText(before: ConfigurationForm | undefined, after: ConfigurationForm): string {
  if (before === undefined) return "where the walk begins";
  const [from, to] = [before, after].map((form) => configurationSchema.safeParse(toConfiguration(form)).data);
  if (from === undefined || to === undefined) return "";
  const differences = configurationDifferences(from, to);
  return differences.length === 0 ? "changes nothing" : differences.map(differenceText).join("; ");
}

function Step({ configuration, before, first, last, onUp, onDown, onRemove }: StepProps) {
  if (configuration === undefined) return null;
  const label = configuration.label === "" ? configuration.id : configuration.label;
  const changes = changesText(before, configuration);
  return (
    <li className={styles.step}>
      <EnvironmentChip environment={configuration.environment} label={label} />
      <span className={styles.changes} title={changes}>
        {changes}
      </span>
      <span className={styles.acts}>
        <ActionIcon size="sm" aria-label={`${label}: earlier`} disabled={first} onClick={onUp}>
          <IconArrowUp size={14} stroke={1.6} />
        </ActionIcon>
        <ActionIcon size="sm" aria-label={`${label}: later`} disabled={last} onClick={onDown}>
          <IconArrowDown size={14} stroke={1.6} />
        </ActionIcon>
        <ActionIcon size="sm" aria-label={`${label}: no step`} onClick={onRemove}>
          <IconX size={14} stroke={1.6} />
        </ActionIcon>
      </span>
    </li>
  );
}
