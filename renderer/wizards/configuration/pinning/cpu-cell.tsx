// One logical CPU on the machine map: a button that says all that is known of it.
import { memo } from "react";
import type { MachineCpu } from "#shared/facts/machine-tree.ts";
import styles from "./machine-map.module.css";

interface CpuCellProps {
  readonly cpu: MachineCpu;
  readonly chosen: boolean;
  /** Among the configuration's CPUs, while something else is being chosen. */
  readonly usable: boolean;
  /** The one cell that Tab leads to. */
  readonly tabbable: boolean;
  /** What else runs here, in as few letters as possible; empty: nothing. */
  readonly mark: string;
}

/** Its events are handled by the map; hundreds of cells stay quick because only those that differ are drawn again. */
export const CpuCell = memo(function CpuCell({ cpu, chosen, usable, tabbable, mark }: CpuCellProps) {
  const interrupts = cpu.interruptsOf.length > 0;
  const words = [
    `CPU ${cpu.cpu}`,
    `core ${cpu.core}`,
    `NUMA node ${cpu.node}`,
    cpu.isolated ? "isolated" : "",
    cpu.allowed ? "" : "not allowed where Tare logs in",
    interrupts ? `interrupts of ${cpu.interruptsOf.join(", ")}` : "",
    mark === "" ? "" : `has ${mark}`,
  ].filter((word) => word !== "");
  const title = words.join(", ");
  return (
    <button
      type="button"
      className={styles.cpu}
      data-cpu={cpu.cpu}
      data-isolated={cpu.isolated || undefined}
      data-barred={!cpu.allowed || undefined}
      data-usable={usable || undefined}
      aria-pressed={chosen}
      aria-label={title}
      title={title}
      tabIndex={tabbable ? 0 : -1}
    >
      <span>{cpu.cpu}</span>
      {interrupts ? <span className={styles.interrupt} aria-hidden /> : null}
      {mark === "" ? null : <span className={styles.mark}>{mark}</span>}
    </button>
  );
});
