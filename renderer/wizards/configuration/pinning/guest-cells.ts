// The NUMA nodes of a guest as rows, and as the one text that the form has for them: `0-7:8192@0 8-15:8192@1`.
import { words } from "../typed-text.ts";

export interface CellRow {
  /** vCPUs as a list. */
  readonly vcpus: string;
  readonly memoryMiB: string;
  /** Nodes of the host as a list; empty: left to the kernel. */
  readonly hostNodes: string;
}

/** Null where the text cannot be taken apart into rows. */
export function readCells(text: string): readonly CellRow[] | null {
  const rows: CellRow[] = [];
  for (const word of words(text)) {
    const [, vcpus, memoryMiB, hostNodes = ""] = /^([^:@]*):([^:@]*)(?:@([^:@]*))?$/.exec(word) ?? [];
    if (vcpus === undefined || memoryMiB === undefined) return null;
    rows.push({ vcpus, memoryMiB, hostNodes });
  }
  return rows;
}

export function cellsText(rows: readonly CellRow[]): string {
  return rows
    .map(({ vcpus, memoryMiB, hostNodes }) =>
      [plain(vcpus), ":", plain(memoryMiB), plain(hostNodes) === "" ? "" : `@${plain(hostNodes)}`].join(""),
    )
    .join(" ");
}

/** Without the signs that part rows and their fields. */
function plain(text: string): string {
  return text.replaceAll(/[\s:@]/g, "");
}

interface PinnedVcpus {
  readonly vcpus: number;
  /** CPUs of each vCPU. */
  readonly pins: readonly (readonly number[] | null)[];
  /** Node of each CPU of the host. */
  readonly nodeOf: ReadonlyMap<number, number>;
  /** Nodes to split over, ascending; at least one. */
  readonly nodes: readonly number[];
}

/** Node of the host for each vCPU: the one that its pins are on, for all of them; else equal blocks in order. */
export function nodesOfVcpus({ vcpus, pins, nodeOf, nodes }: PinnedVcpus): readonly number[] {
  const numbers = Array.from({ length: vcpus }, (_, vcpu) => vcpu);
  const own = numbers.map((vcpu) => onlyNode(pins[vcpu] ?? [], nodeOf)).filter((node) => node !== null);
  if (own.length === vcpus) return own;
  const block = Math.ceil(vcpus / nodes.length);
  return numbers.map((vcpu) => nodes[Math.floor(vcpu / block)] ?? 0);
}

/** The node that has all of these CPUs; null where there is none, or more than one. */
function onlyNode(cpus: readonly number[] | null, nodeOf: ReadonlyMap<number, number>): number | null {
  const nodes = new Set((cpus ?? []).map((cpu) => nodeOf.get(cpu)));
  const [node] = nodes;
  return nodes.size === 1 && node !== undefined ? node : null;
}
