// What was sampled beneath the measurements: each second of both hosts during the runs, and the bins of distributions.
import type { DataDistribution, Dataset, Terms } from "../model/dataset.ts";
import { cpuModes, type CpuMode, type CpuShares, type Sample } from "../sampler/sample.ts";
import { field, type CellValue, type Column } from "./column.ts";

/** What a line belongs to. */
export interface SamplePlace {
  readonly campaign: string;
  readonly run: string | null;
  readonly block: number | null;
  readonly slot: string;
  readonly workload: string;
  readonly condition: string;
  readonly terms: string | null;
}

type CpuColumn = `cpu_${CpuMode}`;

export type SampleRow = SamplePlace & {
  readonly kind: "cpu" | "network" | "frequency" | "distribution" | "unreadable";
  readonly machine: string | null;
  readonly device: string | null;
  readonly sampled: string | null;
  readonly interval_seconds: number | null;
  readonly receive_bytes: number | null;
  readonly receive_packets: number | null;
  readonly transmit_bytes: number | null;
  readonly transmit_packets: number | null;
  readonly frequency: number | null;
  readonly metric: string | null;
  readonly unit: string | null;
  readonly value: number | null;
  readonly share: number | null;
  readonly note: string | null;
} & Readonly<Record<CpuColumn, number | null>>;

const nullable = { nullable: true };
const rate = (name: "bytes" | "packets") => ({ ...nullable, unit: name === "bytes" ? "B/s" : "1/s" });

export const sampleColumns: readonly Column<SampleRow>[] = [
  field(
    "kind",
    "text",
    "`cpu`, `network` or `frequency` for a second of a host, `distribution` for a bin, `unreadable` for output that could not be read: tells which columns are filled.",
  ),
  field("campaign", "text", "Id of the campaign."),
  field("run", "text", "Id of the run; null where a distribution is of all blocks together.", nullable),
  field(
    "block",
    "count",
    "Block of the design, from 1; null where a distribution is of all blocks together.",
    nullable,
  ),
  field("slot", "text", "Place in the block, as in the measurements."),
  field("workload", "text", "Name of the workload."),
  field("condition", "text", "Id of the condition; of the paper its terms in words."),
  field("terms", "json", "Of a distribution: the condition in the words of the reference data.", nullable),
  field("machine", "text", "`sut` or `loadgen`.", nullable),
  field(
    "device",
    "text",
    "CPU (`cpu3`), interface (`eth0`) or frequency policy (`policy0`); null for all CPUs together.",
    nullable,
  ),
  field("sampled", "time", "End of the second, by the machine's own clock.", nullable),
  field("interval_seconds", "number", "Length of the interval.", { ...nullable, unit: "s" }),
  ...cpuModes.map((mode) =>
    field(`cpu_${mode}`, "number", `Share of the time in the mode \`${mode}\` of /proc/stat, 0 to 1.`, {
      ...nullable,
      unit: "1",
    }),
  ),
  field("receive_bytes", "number", "Received.", rate("bytes")),
  field("receive_packets", "number", "Packets received.", rate("packets")),
  field("transmit_bytes", "number", "Sent.", rate("bytes")),
  field("transmit_packets", "number", "Packets sent.", rate("packets")),
  field("frequency", "number", "Current frequency of the policy.", { ...nullable, unit: "kHz" }),
  field("metric", "text", "Of a distribution: what was observed.", nullable),
  field("unit", "text", "Unit of `value`.", nullable),
  field("value", "number", "Upper value of the bin, in `unit`.", nullable),
  field("share", "number", "Share of the observations at or below `value`, 0 to 1.", {
    ...nullable,
    unit: "1",
  }),
  field("note", "text", "Why the output could not be read.", nullable),
];

const noCpu = Object.fromEntries(cpuModes.map((mode) => [`cpu_${mode}`, null])) as Record<CpuColumn, null>;

const empty = {
  ...noCpu,
  device: null,
  receive_bytes: null,
  receive_packets: null,
  transmit_bytes: null,
  transmit_packets: null,
  frequency: null,
  metric: null,
  unit: null,
  value: null,
  share: null,
  note: null,
} satisfies Partial<Record<keyof SampleRow, CellValue>>;

/** Stands for what should be here and cannot be read: nothing is left out in silence. */
export function unreadableRow(place: SamplePlace, machine: string | null, reason: string): SampleRow {
  return {
    ...place,
    ...empty,
    kind: "unreadable",
    machine,
    sampled: null,
    interval_seconds: null,
    note: reason,
  };
}

/** A line for all CPUs, each CPU, each interface and each frequency policy, second by second. */
export function hostRows(place: SamplePlace, machine: string, samples: readonly Sample[]): SampleRow[] {
  return samples.flatMap(({ at, intervalSeconds, cpu, cores, network, frequencies }) => {
    const second = { ...place, ...empty, machine, sampled: at, interval_seconds: intervalSeconds };
    return [
      { ...second, kind: "cpu" as const, ...cpuFields(cpu) },
      ...cores.map((core) => ({
        ...second,
        kind: "cpu" as const,
        device: `cpu${core.cpu}`,
        ...cpuFields(core.shares),
      })),
      ...network.map((rates) => ({
        ...second,
        kind: "network" as const,
        device: rates.name,
        receive_bytes: rates.receiveBytes,
        receive_packets: rates.receivePackets,
        transmit_bytes: rates.transmitBytes,
        transmit_packets: rates.transmitPackets,
      })),
      ...frequencies.map(({ policy, khz }) => ({
        ...second,
        kind: "frequency" as const,
        device: `policy${policy}`,
        frequency: khz,
      })),
    ];
  });
}

function cpuFields(shares: CpuShares): Record<CpuColumn, number> {
  return Object.fromEntries(cpuModes.map((mode) => [`cpu_${mode}`, shares[mode]])) as Record<
    CpuColumn,
    number
  >;
}

/** The bins of each distribution: of every block where these were kept, else of all together. */
export function distributionRows(
  { id }: Pick<Dataset, "id">,
  distributions: readonly DataDistribution[],
): SampleRow[] {
  return distributions.flatMap((each) => {
    const parts = each.blocks ?? [{ block: null, runId: null, values: each.values, shares: each.shares }];
    return parts.flatMap(({ block, runId, values, shares }) =>
      values.map((value, index): SampleRow => ({
        ...empty,
        kind: "distribution",
        campaign: id,
        run: runId,
        block,
        slot: each.slot,
        workload: each.subject,
        condition: each.conditionId,
        terms: termsJson(each.terms),
        machine: null,
        sampled: null,
        interval_seconds: null,
        metric: each.quantity,
        unit: each.unit,
        value,
        share: shares[index] ?? null,
      })),
    );
  });
}

function termsJson(terms: Terms): string {
  return JSON.stringify(terms);
}
