// CPU models of libvirt with the flags that each keeps from a guest; one is chosen by its radio.
import { Radio } from "@mantine/core";
import { hiddenFlags, missingFlags } from "#shared/environments/cpu-models.ts";
import type { Facts } from "#shared/model/facts.ts";
import { useFieldWriter } from "./use-field-writer.ts";
import styles from "./pinning-step.module.css";

interface ModelTableProps {
  readonly index: number;
  readonly models: readonly string[];
  readonly chosen: string;
  readonly sut: Facts;
}

export function ModelTable({ index, models, chosen, sut }: ModelTableProps) {
  const { write } = useFieldWriter(index);
  return (
    <table className={styles.models}>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">{`Flags of ${sut.hostname} that a guest does not see`}</th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => {
          const missing = missingFlags(model, sut);
          return (
            <tr key={model}>
              <td>
                <Radio
                  name="cpu-model"
                  label={model}
                  checked={model === chosen}
                  onChange={() => write({ "machine.cpuModel": model })}
                />
              </td>
              <td>
                {`${hiddenFlags(model, sut).join(" ") || "none that matter for figures"}.`}
                {missing.length === 0 ? null : (
                  <em
                    className={styles.missing}
                  >{` It asks for ${missing.join(" ")}, which the host lacks.`}</em>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
