// Usual choices of CPUs for this machine, each one click, with what it gives or why it cannot be had.
import type { CpuChoice } from "#shared/environments/cpu-choices.ts";
import styles from "./choice-row.module.css";

export interface OfferedChoice extends Pick<CpuChoice, "name" | "title" | "reason"> {
  readonly chosen: boolean;
  readonly refused: boolean;
}

interface ChoiceRowProps {
  readonly label: string;
  /** One choice with a long reason. */
  readonly wide?: boolean;
  readonly choices: readonly OfferedChoice[];
  readonly onChoose: (name: CpuChoice["name"]) => void;
}

/** What cannot be had stays reachable by keyboard, as its reason is what one wants to read. */
export function ChoiceRow({ label, wide, choices, onChoose }: ChoiceRowProps) {
  return (
    <div className={styles.row} data-wide={wide} role="group" aria-label={label}>
      {choices.map(({ name, title, reason, chosen, refused }) => (
        <button
          key={name}
          type="button"
          className={styles.choice}
          aria-pressed={chosen}
          aria-disabled={refused || undefined}
          onClick={() => (refused ? undefined : onChoose(name))}
        >
          <span className={styles.title}>{title}</span>
          <span className={styles.reason}>{reason}</span>
        </button>
      ))}
    </div>
  );
}
