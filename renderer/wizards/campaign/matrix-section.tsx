// The cells of the campaign: which configuration is measured with which workload, and how often.
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { workloadNames, type Condition, type WorkloadName } from "#shared/model/workload.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import { countText, durationText } from "#shared/report/number.ts";
import { chosenConditions, type CampaignForm } from "./campaign-form.ts";
import { matrixRows, secondsOfBlock, withScope, type MatrixRow } from "./scope.ts";
import styles from "./matrix-section.module.css";

interface Group {
  readonly name: WorkloadName;
  readonly conditions: readonly Condition[];
}

export function MatrixSection() {
  const { control } = useFormContext<CampaignForm>();
  const [configurations, choices, blocksText, withControl] = useWatch({
    control,
    name: ["configurations", "workloads", "blocks", "control"],
  });
  const conditions = chosenConditions(choices);
  const rows = matrixRows(configurations, conditions, withControl);
  const blocks = /^\d+$/.test(blocksText.trim()) ? Number(blocksText) : 0;
  const cells = rows.reduce((sum, row) => sum + row.conditions.length, 0);
  const groups = workloadNames
    .map((name): Group => ({ name, conditions: conditions.filter(({ workload }) => workload === name) }))
    .filter((group) => group.conditions.length > 0);
  const whole = rows.length * conditions.length;
  const cellsText =
    cells === whole ? `${rows.length} × ${conditions.length} cells` : `${cells} of ${whole} cells`;

  return (
    <Section
      title="Cells"
      aside={
        <span>
          {cellsText} × {countText(blocks, "block")} = {countText(cells * blocks, "run")}, roughly{" "}
          {durationText(blocks * secondsOfBlock(rows))}
        </span>
      }
    >
      <p className={styles.about}>
        A row is a configuration, a column a workload with all its chosen conditions. A checked cell is
        measured once for each condition in every block; unchecked, that workload is left out for that
        configuration.
      </p>
      {whole * blocks === 0 ? (
        <p className={styles.none}>Choose at least one configuration, one condition and one block.</p>
      ) : (
        <Matrix rows={rows} groups={groups} blocks={blocks} />
      )}
    </Section>
  );
}

interface MatrixProps {
  readonly rows: readonly MatrixRow[];
  readonly groups: readonly Group[];
  readonly blocks: number;
}

function Matrix({ rows, groups, blocks }: MatrixProps) {
  const { getValues, setValue, formState, trigger } = useFormContext<CampaignForm>();
  const names = groups.map(({ name }) => name);
  const configurations = rows.filter(({ control }) => !control);
  const set = (indexes: readonly number[], of: readonly WorkloadName[], measured: boolean): void => {
    for (const index of indexes) {
      const field = `configurations.${index}.without` as const;
      setValue(field, withScope(getValues(field), of, measured), { shouldDirty: true });
    }
    if (formState.isSubmitted) void trigger("configurations");
  };
  const measures = (row: MatrixRow, name: WorkloadName) =>
    row.conditions.some(({ workload }) => workload === name);
  return (
    // Scrolls sideways where workloads are many, so the keyboard must reach it.
    <section className={styles.scroller} tabIndex={0} aria-label="Configurations and workloads">
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">Configuration</th>
            {groups.map(({ name, conditions }) => (
              <th key={name} scope="col">
                <Check
                  label={`${workloads[name].title}, in every configuration`}
                  states={configurations.map((row) => measures(row, name))}
                  onChange={(measured) =>
                    set(
                      configurations.map(({ index }) => index),
                      [name],
                      measured,
                    )
                  }
                >
                  {workloads[name].title}
                  <span className={styles.count}>{countText(conditions.length, "condition")}</span>
                </Check>
              </th>
            ))}
            <th scope="col" className={styles.total}>
              Runs
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.slot}>
              <th scope="row">
                <RowHead
                  row={row}
                  states={names.map((name) => measures(row, name))}
                  error={fieldError(formState.errors, `configurations.${row.index}.without`)}
                  onChange={(measured) => set([row.index], names, measured)}
                />
              </th>
              {groups.map(({ name, conditions }) => (
                <td key={name} data-out={!measures(row, name) || undefined}>
                  {row.control ? (
                    <span className={styles.follows}>
                      {measures(row, name) ? `${conditions.length} × ${blocks}` : "–"}
                    </span>
                  ) : (
                    <Check
                      label={`${row.label} with ${workloads[name].title}`}
                      states={[measures(row, name)]}
                      onChange={(measured) => set([row.index], [name], measured)}
                    >
                      <span className={styles.times}>
                        {conditions.length} × {blocks}
                      </span>
                    </Check>
                  )}
                </td>
              ))}
              <td className={styles.total}>{row.conditions.length * blocks}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowHeadProps {
  readonly row: MatrixRow;
  readonly states: readonly boolean[];
  readonly error: string | undefined;
  readonly onChange: (measured: boolean) => void;
}

function RowHead({ row, states, error, onChange }: RowHeadProps) {
  const chip = <EnvironmentChip environment={row.environment} label={row.label} />;
  if (row.control) return <span className={styles.follows}>{chip}</span>;
  return (
    <>
      <Check label={`${row.label}, with every workload`} states={states} onChange={onChange}>
        {chip}
      </Check>
      {error === undefined ? null : (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </>
  );
}

interface CheckProps {
  readonly label: string;
  /** Of the cells that it stands for: all, none, or some of each. */
  readonly states: readonly boolean[];
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** The browser's own box: a matrix has hundreds of them. */
function Check({ label, states, onChange, children }: CheckProps) {
  const all = states.every(Boolean);
  const some = states.some(Boolean);
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        aria-label={label}
        checked={all}
        ref={(box) => {
          if (box !== null) box.indeterminate = some && !all;
        }}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={styles.checkText}>{children}</span>
    </label>
  );
}
