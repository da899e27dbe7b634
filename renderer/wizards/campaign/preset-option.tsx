// One preset to choose: its environment and title, what it shows, or why the lab does not offer it.
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import styles from "./add-configuration.module.css";

interface PresetOptionProps {
  readonly title: string;
  readonly summary: string;
  readonly environment: string;
  /** Why the SUT does not offer it; null where it does. */
  readonly reason: string | null;
  readonly onChoose: () => void;
}

export function PresetOption({ title, summary, environment, reason, onChoose }: PresetOptionProps) {
  return (
    <button
      type="button"
      className={styles.option}
      data-option
      // Stays within reach of the keyboard, so that the reason can be read.
      aria-disabled={reason !== null}
      onClick={reason === null ? onChoose : undefined}
    >
      <EnvironmentChip environment={environment} label={title} />
      <span className={styles.hint}>{reason ?? summary}</span>
    </button>
  );
}
