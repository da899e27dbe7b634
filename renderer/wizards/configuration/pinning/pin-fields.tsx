// The CPU lists of a configuration as text fields; one of them is what the map chooses for.
import { Radio } from "@mantine/core";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { pinTargets, type PinTarget } from "./pin-target.ts";
import styles from "./pinning-step.module.css";

interface PinFieldsProps {
  readonly index: number;
  readonly targets: readonly PinTarget[];
  /** Null: there is no map to choose on. */
  readonly target: PinTarget | null;
  readonly onTarget: (target: PinTarget) => void;
  /** Why a field can have no value on this SUT. */
  readonly reasonOf: (target: PinTarget) => string | null;
}

export function PinFields({ index, targets, target, onTarget, reasonOf }: PinFieldsProps) {
  return (
    <div className={styles.fields} role="radiogroup" aria-label="What is chosen on the map">
      {targets.map((each) => {
        const { field, label, description, placeholder } = pinTargets[each];
        const reason = reasonOf(each);
        return (
          <div key={each} className={styles.field} data-target={each === target || undefined}>
            <TextField
              name={`configurations.${index}.${field}`}
              label={label}
              description={description}
              placeholder={placeholder}
              reason={reason}
            />
            {target === null ? null : (
              <Radio
                name="pin-target"
                label="on the map"
                aria-label={`Choose on the map: ${label}`}
                checked={each === target}
                disabled={reason !== null && each !== target}
                onChange={() => onTarget(each)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
