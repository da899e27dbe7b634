// The cells of the campaign: configurations against conditions, with how often each is run.
import { useFormContext, useWatch } from "react-hook-form";
import { workloadNames, type Condition } from "#shared/model/workload.ts";
import { expectedSeconds } from "#shared/plan/expected-seconds.ts";
import { bindCondition, workloads } from "#shared/workloads/registry.ts";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { Section } from "#renderer/components/section.tsx";
import { countText, durationText } from "#shared/report/number.ts";
import { environmentColor } from "#renderer/theme/environment-titles.ts";
import { chosenConditions, type CampaignForm } from "./campaign-form.ts";
import type { ConfigurationForm } from "./configuration-form.ts";
import styles from "./matrix-section.module.css";

export function MatrixSection() {
  const { control } = useFormContext<CampaignForm>();
  const [configurations, choices, blocksText, withControl] = useWatch({
    control,
    name: ["configurations", "workloads", "blocks", "control"],
  });
  const conditions = chosenConditions(choices);
  const slots = slotsOf(configurations, withControl);
  const blocks = /^\d+$/.test(blocksText.trim()) ? Number(blocksText) : 0;
  const runs = slots.length * conditions.length * blocks;
  const seconds = blocks * secondsOfBlock(slots, conditions);
  const groups = workloadNames
    .map((name) => ({ name, conditions: conditions.filter(({ workload }) => workload === name) }))
    .filter((group) => group.conditions.length > 0);

  return (
    <Section
      title="Cells"
      aside={
        <span>
          {slots.length} × {conditions.length} cells × {countText(blocks, "block")} = {countText(runs, "run")}
          , roughly {durationText(seconds)}
        </span>
      }
    >
      {runs === 0 ? (
        <p className={styles.none}>Choose at least one configuration, one condition and one block.</p>
      ) : (
        <div className={styles.scroller}>
          <table className={styles.matrix}>
            <thead>
              <tr>
                <th scope="col">Configuration</th>
                {groups.map(({ name, conditions: columns }) => (
                  <th key={name} scope="col">
                    {workloads[name].title}
                    <span className={styles.count}> {countText(columns.length, "condition")}</span>
                  </th>
                ))}
                <th scope="col" className={styles.total}>
                  Runs
                </th>
              </tr>
            </thead>
            <tbody>
              {slots.map(({ slot, label, environment }) => (
                <tr key={slot}>
                  <th scope="row">
                    <EnvironmentChip environment={environment} label={label} />
                  </th>
                  {groups.map(({ name, conditions: columns }) => (
                    <td key={name}>
                      <span className={styles.cells} aria-hidden>
                        {columns.map(({ id, label: condition }) => (
                          <span
                            key={id}
                            className={styles.cell}
                            title={`${label}: ${condition}`}
                            style={{ background: environmentColor(environment) }}
                          />
                        ))}
                      </span>
                      <span className={styles.times}>
                        {columns.length} × {blocks}
                      </span>
                    </td>
                  ))}
                  <td className={styles.total}>{conditions.length * blocks}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

interface Slot {
  readonly slot: string;
  readonly label: string;
  readonly environment: ConfigurationForm["environment"];
}

/** As the plan makes them: the A/A control right after the first native configuration. */
function slotsOf(configurations: readonly ConfigurationForm[], withControl: boolean): readonly Slot[] {
  const baseline = configurations.findIndex(({ environment }) => environment === "native");
  return configurations.flatMap(({ id, label, environment }, index) => {
    const slot = { slot: id, label, environment };
    if (!withControl || index !== baseline) return [slot];
    return [slot, { slot: `${id}.control`, label: `${label} (A/A control)`, environment }];
  });
}

function secondsOfBlock(slots: readonly Slot[], conditions: readonly Condition[]): number {
  const runs = conditions.reduce(
    (sum, condition) => sum + bindCondition(condition).estimateSeconds() + expectedSeconds.run,
    0,
  );
  return slots.reduce((sum, { environment }) => sum + expectedSeconds.environment[environment] + runs, 0);
}
