// Tables 1 and 2 of the paper, for any campaign.
import type { Dataset, DataSlot, Subject } from "../../model/dataset.ts";
import { paperEnvironmentLabel } from "../../reference/paper-environments.ts";

export interface TableInputs {
  readonly datasets: readonly Dataset[];
}

export interface TableRow {
  /** Unique in the table. */
  readonly id: string;
  readonly cells: readonly string[];
}

export interface Table {
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly numeric: boolean }[];
  readonly rows: readonly TableRow[];
  /** Whole sentences below it. */
  readonly notes: readonly string[];
}

export interface TableDefinition {
  /** Safe in paths and element ids: `table-1`. */
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  /** What it reads, so that no more is fetched. */
  readonly subjects: readonly Subject[];
  /** Null where none of the campaigns has the data. */
  make(inputs: TableInputs): Table | null;
}

const text = (title: string) => ({ title, numeric: false });
const numeric = (title: string) => ({ title, numeric: true });

/** Operation, bytes and operations of an iteration: the same for everybody who runs these kernels. Arrays hold doubles of 8 bytes. */
const kernels = [
  { name: "Copy", operation: "a[i] = b[i]", bytes: 16, flops: 0 },
  { name: "Scale", operation: "a[i] = q * b[i]", bytes: 16, flops: 1 },
  { name: "Add", operation: "a[i] = b[i] + c[i]", bytes: 24, flops: 1 },
  { name: "Triad", operation: "a[i] = b[i] + q * c[i]", bytes: 24, flops: 2 },
] as const;

const table1: TableDefinition = {
  id: "table-1",
  number: 1,
  title: "STREAM: its four functions",
  subjects: ["stream"],
  summary:
    "What an iteration of each function does, how many bytes it moves, and how many floating-point operations it makes.",
  make({ datasets }) {
    const run = new Set(
      datasets.flatMap(({ points }) =>
        points.flatMap(({ subject, quantity, terms }) =>
          subject === "stream" && quantity === "bandwidth" ? [terms["kernel"]] : [],
        ),
      ),
    );
    const rows = kernels.filter(({ name }) => run.has(name));
    if (rows.length === 0) return null;
    return {
      title: table1.title,
      columns: [
        text("Function"),
        text("Operation"),
        numeric("Bytes an iteration, B"),
        numeric("Floating-point operations an iteration"),
      ],
      rows: rows.map(({ name, operation, bytes, flops }) => ({
        id: name,
        cells: [name, operation, String(bytes), String(flops)],
      })),
      notes: [
        "Bytes are those that a function reads and writes; reading a line before it is written is not counted.",
      ],
    };
  },
};

/** What the paper's table says of its configurations, by the environment that the data show. */
const paperRows: Readonly<
  Record<string, { readonly name: string; readonly network: string; readonly storage: string }>
> = {
  native: { name: "Native", network: "Native", storage: "Native" },
  "docker-host": { name: "Docker net=host Volume", network: "Native", storage: "Native" },
  "docker-host-aufs": { name: "Docker NAT Volume", network: "Docker NAT", storage: "Native" },
  "docker-nat-aufs": { name: "Docker NAT AUFS", network: "Docker NAT", storage: "Docker (AUFS)" },
  kvm: { name: "KVM", network: "KVM, vhost", storage: "KVM, qcow" },
};

const table2: TableDefinition = {
  id: "table-2",
  number: 2,
  title: "MySQL: configurations",
  subjects: ["mysql"],
  summary: "Which network and which storage each configuration of the MySQL figures had.",
  make({ datasets }) {
    const several = datasets.length > 1;
    const rows = datasets.flatMap((dataset, place) =>
      mysqlSlots(dataset).map((each): TableRow => ({
        id: `${place} ${each.slot.slot}`,
        cells: [
          ...(several ? [dataset.name] : []),
          ...(dataset.origin === "paper" ? paperCells(each) : measuredCells(each)),
        ],
      })),
    );
    if (rows.length === 0) return null;
    const contradiction = datasets
      .flatMap(({ contradictions }) => contradictions)
      .find(({ id, subject }) => subject === "mysql" && id.endsWith("label"));
    return {
      title: table2.title,
      columns: [
        ...(several ? [text("Campaign")] : []),
        text("Configuration"),
        text("Network"),
        text("Storage"),
        text("As measured"),
      ],
      rows,
      notes:
        contradiction === undefined
          ? []
          : [`${contradiction.title}. ${contradiction.data} ${contradiction.reason}`],
    };
  },
};

interface MysqlSlot {
  readonly slot: DataSlot;
  readonly environment: string | null;
  /** The paper's label of it, where it is another one. */
  readonly paperLabel: string | null;
}

/** The slots with a throughput of MySQL, pilots aside. */
function mysqlSlots({ slots, points, origin }: Dataset): MysqlSlot[] {
  const own = points.filter(
    ({ subject, quantity, primary }) =>
      subject === "mysql" && quantity === "throughput" && (origin === "measured" || primary),
  );
  return slots.flatMap((slot) => {
    const point = own.find((each) => each.slot === slot.slot);
    if (point === undefined) return [];
    const { environment, paperEnvironment } = point;
    return [
      {
        slot,
        environment,
        paperLabel: paperEnvironment === null ? null : paperEnvironmentLabel(paperEnvironment),
      },
    ];
  });
}

/** The paper's own words, and what its data show. */
function paperCells({ slot, paperLabel }: MysqlSlot): string[] {
  const row = paperRows[slot.slot];
  return [
    row?.name ?? slot.label,
    row?.network ?? "",
    row?.storage ?? "",
    paperLabel === null ? slot.label : `${slot.label}; not “${paperLabel}”`,
  ];
}

/** The network is the first of a description's words that names a way of packets; the storage is what follows. */
const networkWords = /^(host network|bridge with NAT|macvlan |virtio on )/u;

/** A measured configuration's own choices, and the paper's word for them. */
function measuredCells({ slot, environment }: MysqlSlot): string[] {
  const parts = slot.description.split("; ");
  const at = parts.findIndex((part) => networkWords.test(part));
  const word = environment === null ? "none of the paper's" : paperEnvironmentLabel(environment);
  return [
    slot.label,
    at < 0 ? "not recorded" : (parts[at] ?? ""),
    at < 0 ? "not recorded" : parts.slice(at + 1).join("; "),
    word,
  ];
}

export const tableDefinitions: readonly TableDefinition[] = [table1, table2];
