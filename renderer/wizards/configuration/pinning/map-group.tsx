// Cores that share a last cache, drawn side by side; the threads of each stand below one another.
import { memo } from "react";
import type { MachineGroup } from "#shared/facts/machine-tree.ts";
import { bytesText } from "#shared/report/number.ts";
import { CpuCell } from "./cpu-cell.tsx";
import { GroupToggle } from "./group-toggle.tsx";
import { cpusOfGroup } from "./map-kin.ts";
import { holdsAll, type Selection } from "./selection.ts";
import styles from "./machine-map.module.css";

interface MapGroupProps {
  readonly group: MachineGroup;
  /** With a head and a frame of its own: the node has more than one. */
  readonly framed: boolean;
  /** Cores have heads, as some have more than one thread. */
  readonly threaded: boolean;
  readonly selection: Selection;
  readonly usable: Selection | null;
  readonly focused: number | null;
  readonly marks: ReadonlyMap<number, string>;
  readonly onToggle: (cpus: readonly number[]) => void;
}

export function MapGroup({ group, framed, threaded, ...state }: MapGroupProps) {
  const { selection, usable, focused, marks, onToggle } = state;
  const size = group.l3Bytes === null ? "" : ` ${bytesText(group.l3Bytes)}`;
  const cores = group.cores.map(({ core, cpus }) => (
    <div key={core} className={styles.core} data-threaded={threaded || undefined}>
      {threaded ? (
        <CoreToggle
          core={core}
          first={cpus[0]?.cpu ?? -1}
          pressed={holdsAll(
            selection,
            cpus.map(({ cpu }) => cpu),
          )}
        />
      ) : null}
      {cpus.map((cpu) => (
        <CpuCell
          key={cpu.cpu}
          cpu={cpu}
          chosen={selection.has(cpu.cpu)}
          usable={usable?.has(cpu.cpu) ?? false}
          tabbable={cpu.cpu === focused}
          mark={marks.get(cpu.cpu) ?? ""}
        />
      ))}
    </div>
  ));
  if (!framed) return <div className={styles.cores}>{cores}</div>;
  return (
    <div className={styles.group}>
      <div className={styles.head}>
        <GroupToggle
          name={group.l3 === null ? "no L3" : `L3${size}`}
          label={group.l3 === null ? "CPUs without an L3 cache" : `L3 cache of CPUs ${group.l3}`}
          cpus={cpusOfGroup(group)}
          selection={selection}
          onToggle={onToggle}
          quiet
        />
      </div>
      <div className={styles.cores}>{cores}</div>
    </div>
  );
}

interface CoreToggleProps {
  readonly core: number;
  readonly first: number;
  readonly pressed: boolean;
}

/** The map toggles its core; the keyboard has a key for that (C), so Tab does not stop at each. */
const CoreToggle = memo(function CoreToggle({ core, first, pressed }: CoreToggleProps) {
  return (
    <button
      type="button"
      className={styles.coreHead}
      data-core-of={first}
      aria-pressed={pressed}
      aria-label={`Core ${core}`}
      title={`Core ${core}`}
      tabIndex={-1}
    />
  );
});
