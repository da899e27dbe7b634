// What differs between two configurations, axis by axis, in words with both values.
import type {
  Configuration,
  DockerConfiguration,
  KvmConfiguration,
  MemoryPolicy,
} from "../model/configuration.ts";
import { countText } from "../report/number.ts";

export interface ConfigurationDifference {
  /** "vCPU pinning". */
  readonly axis: string;
  readonly from: string;
  readonly to: string;
}

/** Value of an axis in words; null where the environment does not have the axis. */
type AxisText = (configuration: Configuration) => string | null;

const guest =
  (text: (configuration: KvmConfiguration) => string): AxisText =>
  (configuration) =>
    configuration.environment === "kvm" ? text(configuration) : null;

/** Axes that are chosen together count as one: a guest's huge pages with their reservation, a disk's format with its modes. */
const axes: Readonly<Record<string, AxisText>> = {
  environment: ({ environment }) => ({ native: "native", docker: "Docker", kvm: "KVM" })[environment],
  CPUs: ({ pinning }) => pinning.cpus ?? "all",
  "memory policy": ({ pinning }) => policyText(pinning.memory),
  "NIC interrupts": ({ pinning }) =>
    pinning.nicIrqs === undefined ? "as the host has them" : `host CPUs ${pinning.nicIrqs}`,
  "transparent huge pages": ({ pages }) => pages.thp ?? "as the host has them",
  "THP defragmentation": ({ pages }) => pages.thpDefrag ?? "as the host has it",
  "huge pages": hugePagesText,
  accelerator: guest(({ machine }) => machine.accelerator),
  vCPUs: guest(({ machine }) => String(machine.vcpus)),
  memory: guest(({ machine }) => `${machine.memoryMiB} MiB`),
  "CPU model": guest(({ machine }) => machine.cpuModel),
  "CPU topology": guest(topologyText),
  "guest NUMA": guest(cellsText),
  "vCPU pinning": guest(({ machine: { vcpuPins } }) => pinText(vcpuPins?.join(" / "))),
  "emulator pinning": guest(({ machine }) => pinText(machine.emulatorPin)),
  "memory locking": guest(({ machine }) => (machine.locked === true ? "locked" : "not locked")),
  network: networkText,
  vhost: guest(({ network }) => network.vhost),
  storage: storageText,
  "I/O thread": guest(({ storage, machine }) =>
    storage.ioThread ? `own thread, ${pinText(machine.ioThreadPin)}` : "none",
  ),
  "second disk": guest(({ storage }) => storage.device?.path ?? "none"),
};

/**
 * The axes that differ, in the order above; ids and labels are not compared. Between environments only the axes that
 * both have are compared besides the environment itself: a guest always has another network and disk than its host.
 */
export function configurationDifferences(a: Configuration, b: Configuration): ConfigurationDifference[] {
  return Object.entries(axes).flatMap(([axis, text]) => {
    const [from, to] = [text(a), text(b)];
    if (from === null || to === null || from === to) return [];
    if (ownAxes.has(axis) && (a.environment === "kvm") !== (b.environment === "kvm")) return [];
    return [{ axis, from, to }];
  });
}

/** What a guest and its host cannot have in common. */
const ownAxes: ReadonlySet<string> = new Set(["network", "storage"]);

/** `CPU model from default to host-passthrough`. */
export function differenceText({ axis, from, to }: ConfigurationDifference): string {
  return `${axis} from ${from} to ${to}`;
}

function policyText(memory: MemoryPolicy): string {
  return "nodes" in memory ? `${memory.policy} on nodes ${memory.nodes}` : memory.policy;
}

function hugePagesText(configuration: Configuration): string {
  const { perNode = [], ...whole } = configuration.pages;
  const reserved = [
    reservedText(whole, whole.hugePagesNode),
    ...perNode.map((row) => reservedText(row, row.node)),
  ].filter((text) => text !== "");
  const words = [
    ...(reserved.length === 0 ? [] : [`${reserved.join(", ")} reserved`]),
    ...(configuration.environment === "kvm" && configuration.machine.hugePages
      ? [
          `the guest's memory in pages of ${configuration.machine.hugePageKiB === 1_048_576 ? "1 GiB" : "2 MiB"}`,
        ]
      : []),
  ];
  return words.length === 0 ? "none" : words.join(", ");
}

/** `512 of 2 MiB and 1 of 1 GiB on node 1`; empty where nothing is asked for. */
function reservedText(
  { hugePages2M, hugePages1G }: Pick<Configuration["pages"], "hugePages2M" | "hugePages1G">,
  node: number | undefined,
): string {
  const counts = [
    ...(hugePages2M === undefined ? [] : [`${hugePages2M} of 2 MiB`]),
    ...(hugePages1G === undefined ? [] : [`${hugePages1G} of 1 GiB`]),
  ].join(" and ");
  return counts === "" || node === undefined ? counts : `${counts} on node ${node}`;
}

/** The same shape has the same words, whether a person chose it or left it out. */
function topologyText({ machine: { topology, vcpus } }: KvmConfiguration): string {
  if (topology === undefined) return "one core a vCPU";
  const { sockets, cores, threads } = topology;
  if (sockets === 1 && threads === 1 && cores === vcpus) return "one core a vCPU";
  return [countText(sockets, "socket"), countText(cores, "core"), countText(threads, "thread")].join(" x ");
}

function cellsText({ machine: { numaCells = [] } }: KvmConfiguration): string {
  if (numaCells.length < 2) return "one node";
  return numaCells
    .map(({ cpus, memoryMiB, hostNodes }) => {
      const source = hostNodes === undefined ? "" : ` of host node ${hostNodes}`;
      return `vCPUs ${cpus} with ${memoryMiB} MiB${source}`;
    })
    .join(", ");
}

function pinText(cpus: string | undefined): string {
  return cpus === undefined ? "not pinned" : `host CPUs ${cpus}`;
}

function networkText({ environment, network }: Configuration): string {
  if (environment === "docker") return dockerNetworkText(network);
  return network.mode;
}

const proxyText = { true: "with userland proxy", false: "without userland proxy" } as const;

function dockerNetworkText(network: DockerConfiguration["network"]): string {
  if (network.mode !== "nat") return network.mode;
  if (network.userlandProxy === undefined) return "NAT";
  return `NAT ${proxyText[`${network.userlandProxy}`]}`;
}

/** A volume is a folder of the host, so it counts as the same storage as a file of the host. */
function storageText(configuration: Configuration): string {
  if (configuration.environment === "kvm") {
    const { format, cache, io } = configuration.storage;
    return `${format}, cache ${cache}, io ${io}`;
  }
  const { storage } = configuration;
  if (storage.kind === "device") return `device ${storage.device.path}`;
  return storage.kind === "layer" ? "the container's layer" : "file of the host";
}
