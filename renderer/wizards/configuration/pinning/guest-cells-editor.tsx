// The NUMA nodes that the guest sees, as rows to edit; they are written into the same text that stands below.
import { Button, CloseButton, Select, TextInput, VisuallyHidden } from "@mantine/core";
import { useFormContext, useWatch } from "react-hook-form";
import { guestCells } from "#shared/environments/fit-guest.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { Axis, TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { toMachineForm } from "../machine-form.ts";
import { cellsText, nodesOfVcpus, readCells, type CellRow } from "./guest-cells.ts";
import { useFieldWriter } from "./use-field-writer.ts";
import { readPins } from "./vcpu-pins.ts";
import styles from "./pinning-step.module.css";

interface GuestCellsEditorProps {
  readonly index: number;
  readonly configuration: Configuration | null;
  readonly sut: Facts | null;
}

const field = "machine.numaCells";

export function GuestCellsEditor({ index, configuration, sut }: GuestCellsEditorProps) {
  const { control } = useFormContext<CampaignForm>();
  const { write } = useFieldWriter(index);
  const text = useWatch({ control, name: `configurations.${index}.${field}` });
  const rows = readCells(text);
  const set = (next: readonly CellRow[]): void => write({ [field]: cellsText(next) });
  const nodes = (sut?.memory.nodes ?? []).filter(({ cpus }) => cpus !== "").map(({ node }) => node);
  const machine = configuration?.environment === "kvm" ? configuration.machine : null;
  const split = splitOf(machine, nodes, sut);
  return (
    <Axis title="NUMA nodes that the guest sees" wide>
      <div className={styles.cellParts}>
        {rows === null || rows.length === 0 ? null : <CellTable rows={rows} nodes={nodes} onRows={set} />}
        <div className={styles.acts}>
          <Button
            variant="default"
            disabled={rows === null}
            onClick={() => set([...(rows ?? []), { vcpus: "", memoryMiB: "", hostNodes: "" }])}
          >
            Add a node
          </Button>
          <Button
            variant="default"
            disabled={typeof split === "string"}
            onClick={() => (typeof split === "string" ? undefined : write({ [field]: split.text }))}
          >
            Split by the host&apos;s nodes
          </Button>
          <Button variant="default" disabled={text.trim() === ""} onClick={() => write({ [field]: "" })}>
            One node
          </Button>
          {typeof split === "string" ? <span className={styles.reason}>{split}</span> : null}
        </div>
      </div>
      <TextField
        name={`configurations.${index}.${field}`}
        label="NUMA nodes of the guest"
        description="As text: vCPUs:MiB@host node, by spaces; @ may be left out; empty: one"
        placeholder="0-7:8192@0 8-15:8192@1"
        wide
      />
    </Axis>
  );
}

type Machine = Extract<Configuration, { environment: "kvm" }>["machine"];

/** A sentence where it cannot be split. */
function splitOf(
  machine: Machine | null,
  nodes: readonly number[],
  sut: Facts | null,
): { readonly text: string } | string {
  if (sut === null) return "The SUT's nodes are not known: it was never probed.";
  if (nodes.length < 2) return `${sut.hostname} has one NUMA node.`;
  if (machine === null) return "A field cannot be used as it is.";
  if (machine.vcpus < 2) return "One vCPU is on one node.";
  const places = nodesOfVcpus({
    vcpus: machine.vcpus,
    pins: readPins((machine.vcpuPins ?? []).join(" ")),
    nodeOf: new Map(sut.cpu.topology.map(({ cpu, node }) => [cpu, node])),
    nodes,
  });
  return { text: toMachineForm({ ...machine, numaCells: guestCells(places, machine) }).numaCells };
}

interface CellTableProps {
  readonly rows: readonly CellRow[];
  readonly nodes: readonly number[];
  readonly onRows: (rows: readonly CellRow[]) => void;
}

function CellTable({ rows, nodes, onRows }: CellTableProps) {
  const change = (place: number, part: Partial<CellRow>): void =>
    onRows(rows.map((row, index) => (index === place ? { ...row, ...part } : row)));
  return (
    <table className={styles.cells}>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">vCPUs</th>
          <th scope="col">Memory, MiB</th>
          <th scope="col">From the host&apos;s node</th>
          <th scope="col">
            <VisuallyHidden>Remove</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ vcpus, memoryMiB, hostNodes }, place) => (
          // Rows have no name of their own, and their place is what they are called.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={place}>
            <th scope="row">{place}</th>
            <td>
              <TextInput
                aria-label={`vCPUs of guest node ${place}`}
                value={vcpus}
                onChange={(event) => change(place, { vcpus: event.currentTarget.value })}
              />
            </td>
            <td>
              <TextInput
                aria-label={`Memory of guest node ${place}, MiB`}
                inputMode="numeric"
                value={memoryMiB}
                onChange={(event) => change(place, { memoryMiB: event.currentTarget.value })}
              />
            </td>
            <td>
              <Select
                aria-label={`Host node of guest node ${place}`}
                data={[
                  { value: "", label: "any" },
                  ...[...new Set([...nodes.map(String), hostNodes])]
                    .filter((node) => node !== "")
                    .map((node) => ({ value: node, label: `node ${node}` })),
                ]}
                value={hostNodes}
                onChange={(value) => change(place, { hostNodes: value ?? "" })}
              />
            </td>
            <td>
              <CloseButton
                size="sm"
                aria-label={`Remove guest node ${place}`}
                onClick={() => onRows(rows.filter((_, index) => index !== place))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
