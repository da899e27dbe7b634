// The head of a socket, node or cache group on the machine map: takes all of its CPUs, or none.
import { holdsAll, type Selection } from "./selection.ts";
import styles from "./machine-map.module.css";

interface GroupToggleProps {
  readonly name: string;
  /** What assistive technology says, where the name is too short. */
  readonly label?: string;
  readonly cpus: readonly number[];
  readonly selection: Selection;
  readonly onToggle: (cpus: readonly number[]) => void;
  /** Tab does not stop here: a key of the map does the same (L). */
  readonly quiet?: boolean;
}

export function GroupToggle({ name, label = name, cpus, selection, onToggle, quiet }: GroupToggleProps) {
  const chosen = cpus.filter((cpu) => selection.has(cpu)).length;
  const pressed = holdsAll(selection, cpus) ? true : chosen > 0 ? "mixed" : false;
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={pressed}
      aria-label={`${label}, ${chosen} of ${cpus.length} CPUs chosen`}
      tabIndex={quiet === true ? -1 : 0}
      onClick={() => onToggle(cpus)}
    >
      <span className={styles.box} aria-hidden />
      {name}
    </button>
  );
}
