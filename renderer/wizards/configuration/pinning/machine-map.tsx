// The machine drawn as sockets, NUMA nodes, shared caches, cores and CPUs with what is local to each; CPUs are chosen on it.
import { useMemo } from "react";
import type { MachineNode, MachineTree } from "#shared/facts/machine-tree.ts";
import { AttachedDevices } from "./attached-devices.tsx";
import { GroupToggle } from "./group-toggle.tsx";
import { MapGroup } from "./map-group.tsx";
import { memoryText } from "./memory-text.ts";
import { cpusOfNode, kinOf } from "./map-kin.ts";
import type { CpuLayout, Selection } from "./selection.ts";
import { toggled } from "./selection.ts";
import { useMapSelection, type HowChosen } from "./use-map-selection.ts";
import styles from "./machine-map.module.css";

interface MachineMapProps {
  readonly tree: MachineTree;
  readonly layout: CpuLayout;
  /** What is chosen on it now, for its name: "CPUs of the configuration". */
  readonly label: string;
  readonly selection: Selection;
  /** CPUs of the configuration, where something else is chosen; null: they are what is chosen. */
  readonly usable: Selection | null;
  /** What runs on each CPU besides, in a few letters. */
  readonly marks: ReadonlyMap<number, string>;
  /** What is shown is older than the text beside it, which is no list of CPUs. */
  readonly stale: boolean;
  readonly single: boolean;
  readonly onChoose: (selection: Selection, how: HowChosen) => void;
  readonly onUndo: () => void;
}

export function MachineMap(props: MachineMapProps) {
  const { tree, layout, label, usable, marks, stale } = props;
  const kin = useMemo(() => kinOf(tree), [tree]);
  const { shown, focused, choose, handlers } = useMapSelection({ ...props, kin });
  const toggle = (cpus: readonly number[]): void => choose(toggled(shown, cpus));
  const cells = { selection: shown, usable, focused, marks, onToggle: toggle };
  const sockets = tree.sockets.map(({ socket, nodes }) => {
    const cpus = nodes.flatMap(cpusOfNode);
    return (
      <div key={socket} className={styles.socket} role="group" aria-label={`Socket ${socket}`}>
        {tree.sockets.length > 1 || nodes.length > 1 ? (
          <div className={styles.head}>
            <GroupToggle name={`Socket ${socket}`} cpus={cpus} selection={shown} onToggle={toggle} />
          </div>
        ) : null}
        <div className={styles.nodes}>
          {nodes.map((node) => (
            <NodeBox key={node.node} node={node} cells={cells} threaded={threaded(layout)} />
          ))}
        </div>
      </div>
    );
  });
  return (
    // Its buttons are what is operated; the events of hundreds of them are handled in one place.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      className={styles.map}
      role="group"
      aria-label={label}
      data-stale={stale || undefined}
      data-marked={marks.size > 0 || undefined}
      {...handlers}
    >
      <div className={styles.sockets}>{sockets}</div>
      {tree.memoryNodes.map(({ node, totalBytes, freeBytes }) => (
        <p key={node} className={styles.aside}>
          {`Node ${node} has memory alone: ${memoryText(freeBytes, totalBytes)}`}
        </p>
      ))}
      <AttachedDevices
        devices={tree.elsewhere}
        lead={oneNode(tree) ? undefined : "At a node that is not told:"}
      />
    </div>
  );
}

interface NodeBoxProps {
  readonly node: MachineNode;
  readonly threaded: boolean;
  readonly cells: {
    readonly selection: Selection;
    readonly usable: Selection | null;
    readonly focused: number | null;
    readonly marks: ReadonlyMap<number, string>;
    readonly onToggle: (cpus: readonly number[]) => void;
  };
}

function NodeBox({ node, cells, threaded }: NodeBoxProps) {
  const { groups } = node;
  return (
    <div className={styles.node} role="group" aria-label={`NUMA node ${node.node}`}>
      <div className={styles.head}>
        <GroupToggle
          name={`Node ${node.node}`}
          cpus={cpusOfNode(node)}
          selection={cells.selection}
          onToggle={cells.onToggle}
        />
        <span className={styles.memory}>{memoryText(node.freeBytes, node.totalBytes)}</span>
      </div>
      <AttachedDevices devices={node} />
      <div className={styles.groups}>
        {groups.map((group, index) => (
          <MapGroup
            key={group.l3 ?? index}
            group={group}
            framed={groups.length > 1}
            threaded={threaded}
            {...cells}
          />
        ))}
      </div>
    </div>
  );
}

/** What is attached to a machine of one node is at that node, even where the machine does not say so. */
function oneNode({ sockets, memoryNodes }: MachineTree): boolean {
  return sockets.flatMap(({ nodes }) => nodes).length + memoryNodes.length === 1;
}

function threaded({ cores }: CpuLayout): boolean {
  return cores.some((cpus) => cpus.length > 1);
}
