// What the signs on the machine map mean, and its keys.
import { Kbd } from "@mantine/core";
import { treeCpus, type MachineTree } from "#shared/facts/machine-tree.ts";
import styles from "./map-key.module.css";

interface MapKeyProps {
  readonly tree: MachineTree;
  /** Something of a guest is marked on it. */
  readonly marked: boolean;
  /** The configuration's CPUs are shown while something else is chosen. */
  readonly usable: boolean;
}

/** Only signs that this machine has. */
export function MapKey({ tree, marked, usable }: MapKeyProps) {
  const cpus = treeCpus(tree);
  const signs = [
    ["chosen", "chosen"],
    usable ? ["usable", "CPUs of the configuration"] : null,
    cpus.some(({ isolated }) => isolated) ? ["isolated", "isolated from the scheduler"] : null,
    cpus.some(({ interruptsOf }) => interruptsOf.length > 0)
      ? ["interrupt", "takes a NIC's interrupts"]
      : null,
    cpus.some(({ allowed }) => !allowed) ? ["barred", "not allowed where Tare logs in"] : null,
  ].filter((sign) => sign !== null);
  return (
    <div className={styles.key}>
      {signs.map(([sign, text]) => (
        <span key={sign} className={styles.sign}>
          <i data-sign={sign} aria-hidden />
          {text}
        </span>
      ))}
      {marked ? <span className={styles.sign}>v vCPU, E emulator, I I/O thread</span> : null}
      {tree.offline.length > 0 ? (
        <span className={styles.sign}>{`${tree.offline.length} CPUs are offline`}</span>
      ) : null}
      <span className={styles.sign}>
        <Kbd size="xs">Shift</Kbd> or drag: range; <Kbd size="xs">C</Kbd> core, <Kbd size="xs">L</Kbd> L3,{" "}
        <Kbd size="xs">N</Kbd> node, <Kbd size="xs">S</Kbd> socket; <Kbd size="xs">Ctrl A</Kbd> all,{" "}
        <Kbd size="xs">Esc</Kbd> none, <Kbd size="xs">Ctrl Z</Kbd> undo
      </span>
    </div>
  );
}
