// The data interfaces of both hosts side by side: what differs between them, and what an engineer should know of it.
import type { Lab } from "../model/lab.ts";
import { networkSpeedText } from "../report/network-path-text.ts";
import { dataNicOf, storedNetworkPath, wireNicOf, type HostFacts, type Nic } from "./data-nic.ts";
import { pathRemarks } from "./network-path.ts";

export interface EndRow {
  readonly title: string;
  readonly loadgen: string;
  readonly sut: string;
  /** Both are known, and not the same; a name that differs says nothing. */
  readonly differs: boolean;
}

export interface NetworkEnds {
  readonly rows: readonly EndRow[];
  /** The offloads that change how many packets the kernel sees, whether they are on or off. */
  readonly offloads: readonly EndRow[];
  /** All others that are on at one end at least, those that differ first. */
  readonly others: readonly EndRow[];
  /** Whole sentences. */
  readonly remarks: readonly string[];
}

/** Features of `ethtool -k` by their long names. */
const mainOffloads = [
  ["tcp-segmentation-offload", "TCP segmentation (TSO)"],
  ["generic-segmentation-offload", "generic segmentation (GSO)"],
  ["generic-receive-offload", "generic receive (GRO)"],
  ["large-receive-offload", "large receive (LRO)"],
  ["rx-checksumming", "checksums of received packets"],
  ["tx-checksumming", "checksums of sent packets"],
  ["scatter-gather", "scatter-gather"],
] as const;

/** Null where neither host's data interface is known. */
export function networkEnds(lab: Lab, facts: HostFacts): NetworkEnds | null {
  const sut = endOf(lab, facts, "sut");
  const loadgen = endOf(lab, facts, "loadgen");
  if (sut === null && loadgen === null) return null;
  const row = (title: string, text: (end: End) => string | null, compared = true): EndRow => {
    const [left, right] = [loadgen, sut].map((end) => (end === null ? null : text(end)));
    const known = left != null && right != null;
    return {
      title,
      loadgen: left ?? "not known",
      sut: right ?? "not known",
      differs: compared && known && left !== right,
    };
  };
  const offload = (name: string, title: string) => row(title, (end) => onOff(end, name));
  const main = new Set<string>(mainOffloads.map(([name]) => name));
  const rest = [...new Set([loadgen, sut].flatMap((end) => end?.wire.offloads ?? []))].filter(
    (name) => !main.has(name),
  );
  const others = rest.sort().map((name) => offload(name, name));
  return {
    rows: [
      row("Interface", ({ nic, wire }) => (nic === wire ? nic.name : `${nic.name} over ${wire.name}`), false),
      row("State", ({ nic }) => (nic.up ? "up" : "down")),
      row("Speed", ({ wire }) => (wire.speedMbps === null ? null : networkSpeedText(wire.speedMbps))),
      row("Duplex", ({ wire }) => (wire.duplex === "unknown" ? null : wire.duplex)),
      row("MTU", ({ nic }) => `${nic.mtu} bytes`),
      row("Driver", ({ wire }) => wire.driver),
      row("Queues", ({ wire: { queues } }) => `${queues.rx} receive, ${queues.tx} transmit`),
    ],
    offloads: mainOffloads.map(([name, title]) => offload(name, title)),
    others: [...others.filter(({ differs }) => differs), ...others.filter(({ differs }) => !differs)],
    remarks: remarksOf(lab, facts, { sut, loadgen }),
  };
}

interface End {
  /** Has the data address. */
  readonly nic: Nic;
  /** Leads to the wire: another one where `nic` is a bridge. */
  readonly wire: Nic;
}

type Ends = Readonly<Record<"sut" | "loadgen", End | null>>;

const roleWords = { sut: "system under test", loadgen: "load generator" } as const;

function endOf(lab: Lab, facts: HostFacts, role: "sut" | "loadgen"): End | null {
  const host = facts[role];
  const nic = dataNicOf(lab[role], host);
  return host === null || nic === null ? null : { nic, wire: wireNicOf(nic, host) };
}

/** Null where ethtool told of no feature at all: every driver has some on. */
function onOff({ wire }: End, name: string): string | null {
  if (wire.offloads.length === 0) return null;
  return wire.offloads.includes(name) ? "on" : "off";
}

function remarksOf(lab: Lab, facts: HostFacts, ends: Ends): string[] {
  const path = storedNetworkPath(lab, facts);
  return [
    ...(["loadgen", "sut"] as const).flatMap((role) => hostRemarks(lab, facts, ends, role)),
    ...(path === null ? [] : pathRemarks(path)),
    ...offloadRemarks(ends),
  ];
}

function hostRemarks(lab: Lab, facts: HostFacts, ends: Ends, role: "sut" | "loadgen"): string[] {
  const host = facts[role];
  const end = ends[role];
  const { dataAddress, dataInterface } = lab[role];
  if (host === null) return [`The ${roleWords[role]} was never probed: its end is not known.`];
  if (end === null)
    return [
      dataInterface === undefined
        ? `No interface of ${host.hostname} (${roleWords[role]}) carries its data address ${dataAddress}.`
        : `${host.hostname} (${roleWords[role]}) has no interface ${dataInterface}.`,
    ];
  const at = `${end.wire.name} of the ${roleWords[role]}`;
  return [
    ...(end.nic.up ? [] : [`${end.nic.name} of the ${roleWords[role]} is down.`]),
    ...(end.wire.duplex === "half" ? [`${at} is half duplex: both directions share its speed.`] : []),
    ...(end.wire.offloads.length === 0
      ? [`What ${at} offloads is not known: ethtool is missing there, or the driver tells nothing.`]
      : []),
  ];
}

function offloadRemarks({ sut, loadgen }: Ends): string[] {
  if (sut === null || loadgen === null) return [];
  return mainOffloads.flatMap(([name, title]) => {
    const there = onOff(sut, name);
    const here = onOff(loadgen, name);
    if (there === null || here === null || there === here) return [];
    const without = there === "off" ? "sut" : "loadgen";
    return [
      `The ${roleWords[without]} has ${title} off and the other end has it on: the same traffic costs the two kernels different work.`,
    ];
  });
}
