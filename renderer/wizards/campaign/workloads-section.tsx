// What is measured: a preset for each workload, and which of its conditions take part.
import { Button, Chip, SegmentedControl } from "@mantine/core";
import { useFormContext, useWatch } from "react-hook-form";
import { presetNames, workloadNames, type Condition, type WorkloadName } from "#shared/model/workload.ts";
import { bindCondition, workloads } from "#shared/workloads/registry.ts";
import { Section } from "#renderer/components/section.tsx";
import { durationText } from "#shared/report/number.ts";
import { everyWorkload, offeredConditions, type CampaignForm, type WorkloadChoice } from "./campaign-form.ts";
import styles from "./workloads-section.module.css";

export function WorkloadsSection() {
  const { setValue, formState, trigger } = useFormContext<CampaignForm>();
  const error = formState.errors.workloads !== undefined;
  return (
    <Section
      title="Workloads"
      aside={
        <>
          <span>All:</span>
          {presetNames.map((preset) => (
            <Button
              key={preset}
              size="compact-xs"
              variant="default"
              onClick={() => {
                setValue("workloads", everyWorkload(preset), { shouldDirty: true });
                if (formState.isSubmitted) void trigger("workloads");
              }}
            >
              {preset}
            </Button>
          ))}
        </>
      }
      flush
    >
      {error ? (
        <p className={styles.error} role="alert">
          At least one condition is needed.
        </p>
      ) : null}
      {workloadNames.map((name) => (
        <WorkloadItem key={name} name={name} />
      ))}
    </Section>
  );
}

const presets = [
  { value: "off", label: "off" },
  ...presetNames.map((preset) => ({ value: preset, label: preset })),
];

function WorkloadItem({ name }: { readonly name: WorkloadName }) {
  const { control, setValue, formState, trigger } = useFormContext<CampaignForm>();
  const choice = useWatch({ control, name: `workloads.${name}` });
  const { title, summary } = workloads[name];
  const conditions = offeredConditions(name, choice);
  const chosen = conditions.filter(({ id }) => !choice.left.includes(id));
  const seconds = chosen.reduce((sum, condition) => sum + bindCondition(condition).estimateSeconds(), 0);
  const set = (next: WorkloadChoice): void => {
    setValue(`workloads.${name}`, next, { shouldDirty: true });
    if (formState.isSubmitted) void trigger("workloads");
  };

  return (
    <div className={styles.item}>
      <div className={styles.head}>
        <div className={styles.what}>
          <h3 className={styles.title}>{title}</h3>
          <p className={styles.summary}>{summary}</p>
        </div>
        <SegmentedControl
          aria-label={`${title}: preset`}
          data={choice.given.length === 0 ? presets : [...presets, { value: "given", label: "as given" }]}
          value={choice.preset}
          onChange={(preset) => set({ ...choice, preset: preset as WorkloadChoice["preset"], left: [] })}
        />
      </div>
      {conditions.length === 0 ? null : (
        <>
          <Conditions
            title={title}
            conditions={conditions}
            left={choice.left}
            onChange={(left) => set({ ...choice, left: [...left] })}
          />
          <p className={styles.summary}>
            {chosen.length} of {conditions.length} conditions, {durationText(seconds)} a pass
            {samePreset(name, choice.preset) ? ". This preset is the same as “as described”." : ""}
          </p>
        </>
      )}
    </div>
  );
}

interface ConditionsProps {
  readonly title: string;
  readonly conditions: readonly Condition[];
  readonly left: readonly string[];
  readonly onChange: (left: readonly string[]) => void;
}

function Conditions({ title, conditions, left, onChange }: ConditionsProps) {
  return (
    <fieldset className={styles.conditions} aria-label={`${title}: conditions`}>
      {conditions.map((condition) => (
        <Chip
          key={condition.id}
          size="xs"
          radius="sm"
          variant="outline"
          checked={!left.includes(condition.id)}
          onChange={(checked) =>
            onChange(checked ? left.filter((id) => id !== condition.id) : [...left, condition.id])
          }
          title={parametersText(condition)}
        >
          {condition.label}
        </Chip>
      ))}
    </fieldset>
  );
}

function samePreset(name: WorkloadName, preset: WorkloadChoice["preset"]): boolean {
  return preset === "as run" && workloads[name].presets["as run"] === undefined;
}

function parametersText({ parameters }: Condition): string {
  return Object.entries(parameters)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join("\n");
}
