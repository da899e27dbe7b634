// A number of huge pages: typed, or changed by the arrow keys and buttons in steps of 1 GiB.
import { ActionIcon, Input } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { pageText, type HugePageKiB } from "#shared/environments/huge-page-pools.ts";
import { bytesText } from "#shared/report/number.ts";
import { countOf } from "./reservation-form.ts";
import styles from "./page-count-field.module.css";

interface PageCountFieldProps {
  /** Path in the form, which an address may lead to. */
  readonly field: string;
  readonly size: HugePageKiB;
  /** ` on node 1`; empty for the whole host. */
  readonly place: string;
  readonly value: string;
  /** Pages that are reserved now; null where that is not known. */
  readonly now: number | null;
  /** Why the host has no such pages; null where it has. */
  readonly reason: string | null;
  /** What stands against the number, for the frame of the field; its sentence is below the table. */
  readonly severity: "error" | "warning" | null;
  /** Id of the element with that sentence. */
  readonly findingsId: string;
  readonly onChange: (text: string) => void;
}

export function PageCountField(props: PageCountFieldProps) {
  const { field, size, place, value, now, reason, severity, findingsId, onChange } = props;
  const step = size === 2048 ? 512 : 1;
  const count = countOf(value);
  const wrong = value.trim() !== "" && count === null;
  // One that has a number can always be emptied again.
  const refused = reason !== null && value === "";
  const move = (by: number) => onChange(String(Math.max((count ?? now ?? 0) + by, 0)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (refused || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? step : -step);
  };
  const label = `Huge pages of ${pageText(size)}${place}`;
  return (
    <div className={styles.field} data-severity={severity ?? undefined}>
      <div className={styles.row}>
        <Step label={`Fewer: ${label}`} disabled={refused} onClick={() => move(-step)}>
          <IconMinus size={12} stroke={2} />
        </Step>
        <Input
          size="xs"
          withAria={false}
          className={styles.input}
          data-field={field}
          aria-label={label}
          aria-describedby={severity === null ? undefined : findingsId}
          aria-invalid={wrong || severity === "error" || undefined}
          inputMode="numeric"
          autoComplete="off"
          placeholder={now === null ? "as it is" : `${now}, as it is`}
          value={value}
          readOnly={refused}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Step label={`More: ${label}`} disabled={refused} onClick={() => move(step)}>
          <IconPlus size={12} stroke={2} />
        </Step>
      </div>
      <p className={styles.bytes} data-wrong={wrong || undefined}>
        {wrong ? "must be a whole number" : count === null ? "\u00A0" : `= ${bytesText(count * size * 1024)}`}
      </p>
    </div>
  );
}

interface StepProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** Not in the order of the Tab key: the arrow keys do the same in the field. */
function Step({ label, disabled, onClick, children }: StepProps) {
  return (
    <ActionIcon size={24} tabIndex={-1} aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
