// The network part of the facts: every interface of the network namespace that was looked at.
import type { Facts } from "../model/facts.ts";
import { keyedLines, type ProbeText, wholeNumber } from "./probe-text.ts";

type NicFacts = Facts["nics"][number];

const nics = "/sys/class/net";

export function readNics(probe: ProbeText): NicFacts[] {
  const interrupts = readInterrupts(probe);
  const addresses = readAddresses(probe);
  return nicNames(probe).map((name) => readNic(probe, name, addresses.get(name) ?? [], interrupts));
}

/** /proc/net/dev is of this namespace; /sys may have been mounted by another. */
function nicNames(probe: ProbeText): string[] {
  const lines = (probe.file("/proc/net/dev") ?? "").split("\n");
  return lines
    .flatMap((line) => /^\s*([^\s:|/]+):/.exec(line)?.[1] ?? [])
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function readNic(
  probe: ProbeText,
  name: string,
  addresses: readonly string[],
  interrupts: readonly Interrupt[],
): NicFacts {
  const folder = `${nics}/${name}`;
  const basename = (path: string) => probe.link(path)?.split("/").at(-1) ?? null;
  const driver = keyedLines(probe.command(`ethtool -i ${name}`)).get("driver");
  const kind = keyedLines(probe.file(`${folder}/uevent`), "=").get("DEVTYPE");
  const device = basename(`${folder}/device`);
  const queues = probe
    .paths(new RegExp(`^${escape(folder)}/queues/(rx|tx)-\\d+$`))
    .map(([direction]) => direction);
  return {
    name,
    driver: driver || basename(`${folder}/device/driver`) || kind || null,
    mac: probe.value(`${folder}/address`),
    addresses: [...addresses],
    // Bit 0 of the flags is IFF_UP; operstate is "unknown" for lo and tunnels that are up.
    up: (Number(probe.value(`${folder}/flags`) ?? 0) & 1) === 1,
    speedMbps: probe.number(`${folder}/speed`) || null,
    duplex: probe.value(`${folder}/duplex`),
    mtu: probe.number(`${folder}/mtu`) ?? 0,
    queues: {
      rx: queues.filter((direction) => direction === "rx").length,
      tx: queues.filter((direction) => direction === "tx").length,
    },
    offloads: readOffloads(probe.command(`ethtool -k ${name}`)),
    node: probe.number(`${folder}/device/numa_node`) ?? probe.number(`${folder}/device/../numa_node`),
    irqs: readIrqs(probe, name, device, interrupts),
    master: basename(`${folder}/master`),
  };
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function readOffloads(text: string | null): string[] {
  return [...(text ?? "").matchAll(/^\s*([a-z][\w-]*): on\b/gm)].map((match) => match[1] ?? "");
}

interface Interrupt {
  readonly irq: number;
  readonly action: string;
}

function readInterrupts(probe: ProbeText): Interrupt[] {
  return (probe.command("interrupts") ?? "").split("\n").flatMap((line) => {
    const match = /^(\d{1,6}) (.*)$/.exec(line);
    return match === null ? [] : [{ irq: Number(match[1]), action: match[2] ?? "" }];
  });
}

/**
 * By the device's own list of MSI vectors, else by that of the PCI function that a virtio device is on, else by name (virtio over
 * MMIO, old drivers): as assets/host/settings.sh finds them. Above a PCI device is a bridge, whose vectors are not the interface's.
 */
function readIrqs(
  probe: ProbeText,
  name: string,
  device: string | null,
  interrupts: readonly Interrupt[],
): NicFacts["irqs"] {
  const vectorsIn = (folder: string) =>
    probe
      .paths(new RegExp(`^${escape(`${nics}/${name}/${folder}`)}/(\\d{1,6})$`))
      .map(([irq]) => Number(irq));
  const direct = vectorsIn("device/msi_irqs");
  const own = direct.length > 0 ? direct : vectorsIn("device/../msi_irqs");
  const owner = new RegExp(
    `(^|[\\s,@-])(${[name, ...(device === null ? [] : [device])].map(escape).join("|")})($|[\\s,.:@-])`,
  );
  const named = interrupts.filter(({ action }) => owner.test(action)).map(({ irq }) => irq);
  return [...new Set(own.length > 0 ? own : named)]
    .sort((a, b) => a - b)
    .flatMap((irq) => {
      const cpus = probe.value(`/proc/irq/${irq}/smp_affinity_list`);
      const effective = probe.value(`/proc/irq/${irq}/effective_affinity_list`);
      return cpus === null ? [] : [{ irq, cpus, ...(effective === null ? {} : { effective }) }];
    });
}

function readAddresses(probe: ProbeText): Map<string, string[]> {
  const listed = probe.command("addresses");
  const found = listed === null ? withoutIp(probe) : ipLines(listed);
  const addresses = new Map<string, string[]>();
  for (const [name, address] of found) addresses.set(name, [...(addresses.get(name) ?? []), address]);
  return addresses;
}

/** `ip -o address`: `2: eth0    inet 192.0.2.2/24 brd …`; a veth is `3: veth0@if4`. */
function ipLines(text: string): [string, string][] {
  return [...text.matchAll(/^\d+: ([^\s@]+)(?:@\S+)?\s+inet6? ([0-9a-f.:]+(?:\/\d+)?)/gm)].map((match) => [
    match[1] ?? "",
    match[2] ?? "",
  ]);
}

/** Where iproute2 is missing: the kernel's own tables. IPv4 lengths are those of the route to the network. */
function withoutIp(probe: ProbeText): [string, string][] {
  const six = [
    ...(probe.file("/proc/net/if_inet6") ?? "").matchAll(
      /^([0-9a-f]{32}) [0-9a-f]+ ([0-9a-f]+) [0-9a-f]+ [0-9a-f]+ +(\S+)$/gm,
    ),
  ].map((match): [string, string] => [
    match[3] ?? "",
    `${shortIpv6(match[1] ?? "")}/${Number.parseInt(match[2] ?? "", 16)}`,
  ]);
  const local = [
    ...(probe.file("/proc/net/fib_trie") ?? "").matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g),
  ].map((match) => match[1] ?? "");
  const routes = [
    ...(probe.file("/proc/net/route") ?? "").matchAll(
      /^(\S+)\s+([0-9A-F]{8})\s+0{8}\s+\S+\s+\S+\s+\S+\s+\S+\s+([0-9A-F]{8})/gm,
    ),
  ].map((match) => ({ name: match[1] ?? "", network: swapped(match[2]), mask: swapped(match[3]) }));
  const four = [...new Set(local)].flatMap((address): [string, string][] => {
    const bits = ipv4Bits(address);
    if (bits >>> 24 === 127) return [["lo", `${address}/8`]];
    const route = routes.find(({ network, mask }) => mask !== 0 && (bits & mask) >>> 0 === network);
    if (route === undefined) return [];
    return [[route.name, `${address}/${route.mask.toString(2).replaceAll("0", "").length}`]];
  });
  return [...four, ...six];
}

/** /proc/net/route prints network order as a little-endian number. */
function swapped(hex: string | undefined): number {
  return Number.parseInt((hex ?? "").match(/../g)?.reverse().join("") ?? "0", 16) >>> 0;
}

function ipv4Bits(address: string): number {
  return address.split(".").reduce((bits, part) => ((bits << 8) | (wholeNumber(part) ?? 0)) >>> 0, 0);
}

/** RFC 5952: the longest run of zero groups becomes `::`. */
function shortIpv6(hex: string): string {
  const full = (hex.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16)).join(":");
  const longest = [...full.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return full;
  const before = full.slice(0, longest.index).replace(/:$/, "");
  const after = full.slice(longest.index + longest[0].length).replace(/^:/, "");
  return `${before}::${after}`;
}
