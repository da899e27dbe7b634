// Two configurations of a campaign side by side: the axes that differ in words, and the text that would be executed.
import { Modal, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import type { Configuration } from "#shared/model/configuration.ts";
import { configurationDifferences } from "#shared/plan/configuration-differences.ts";
import { previewLines } from "#shared/plan/configuration-preview.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { configurationState } from "#renderer/wizards/configuration/configuration-state.ts";
import { useConfigurationPreview } from "#renderer/wizards/configuration/use-configuration-preview.ts";
import { LineDifferenceView } from "#renderer/wizards/preview/line-difference-view.tsx";
import { chosenConditions, type CampaignForm } from "./campaign-form.ts";
import styles from "./compare-configurations.module.css";

interface CompareConfigurationsProps {
  /** Id of the configuration that is compared; null: the dialog is closed. */
  readonly first: string | null;
  readonly onClose: () => void;
  readonly labId: string;
}

export function CompareConfigurations({ first, onClose, labId }: CompareConfigurationsProps) {
  return (
    <Modal opened={first !== null} onClose={onClose} title="Compare configurations" size={1160}>
      {first === null ? null : <Chosen first={first} labId={labId} />}
    </Modal>
  );
}

function Chosen({ first, labId }: { readonly first: string; readonly labId: string }) {
  const { control } = useFormContext<CampaignForm>();
  const forms = useWatch({ control, name: "configurations" });
  const known = useMemo(
    () =>
      forms.flatMap((form) => {
        const { configuration } = configurationState(form, null, null);
        return configuration === null ? [] : [configuration];
      }),
    [forms],
  );
  const place = known.findIndex(({ id }) => id === first);
  const [left, setLeft] = useState(first);
  // With the one before it, which it most often is a variant of.
  const [right, setRight] = useState((known[place - 1] ?? known[place + 1])?.id ?? first);
  const one = known.find(({ id }) => id === left);
  const other = known.find(({ id }) => id === right);
  const data = known.map(({ id, label }) => ({ value: id, label }));
  return (
    <>
      <div className={styles.chosen}>
        <Select label="From" data={data} value={left} onChange={(value) => setLeft(value ?? left)} />
        <Select label="To" data={data} value={right} onChange={(value) => setRight(value ?? right)} />
      </div>
      {one === undefined || other === undefined ? null : <Comparison from={one} to={other} labId={labId} />}
    </>
  );
}

interface ComparisonProps {
  readonly from: Configuration;
  readonly to: Configuration;
  readonly labId: string;
}

function Comparison({ from, to, labId }: ComparisonProps) {
  const { control } = useFormContext<CampaignForm>();
  const choices = useWatch({ control, name: "workloads" });
  const conditions = useMemo(() => chosenConditions(choices), [choices]);
  // Under one id and label: names of containers, guests and folders are made of these.
  const named = useMemo(() => ({ ...to, id: from.id, label: from.label }), [from, to]);
  const before = useConfigurationPreview(from, labId, conditions);
  const after = useConfigurationPreview(named, labId, conditions);
  const differences = configurationDifferences(from, to);
  const failure = before.failure ?? after.failure;
  return (
    <>
      <h3 className={styles.title}>What differs</h3>
      {differences.length === 0 ? <p className={styles.quiet}>No axis differs.</p> : null}
      {differences.length === 0 ? null : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Axis</th>
              <th scope="col">{from.label}</th>
              <th scope="col">{to.label}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ axis, from: one, to: other }) => (
              <tr key={axis}>
                <th scope="row">{axis}</th>
                <td>{one}</td>
                <td>{other}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3 className={styles.title}>What would be executed</h3>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {before.steps === null || after.steps === null ? (
        failure === null ? (
          <p className={styles.quiet}>Planning.</p>
        ) : null
      ) : (
        <>
          <p className={styles.quiet}>{`Both are written with the names of “${from.label}”.`}</p>
          <LineDifferenceView
            label="Commands that differ"
            before={previewLines(before.steps)}
            after={previewLines(after.steps)}
          />
        </>
      )}
    </>
  );
}
