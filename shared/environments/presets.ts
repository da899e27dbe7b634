// Configurations to begin with: what the paper compares, as data.
import { formatCpuList } from "../facts/cpu-list.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { fittedGuest } from "./fit-guest.ts";
import { kvmPresets } from "./kvm-presets.ts";

/** `paper`: what the paper compares; `practice`: what is commonly run. */
export type PresetGroup = "paper" | "practice";

export interface ConfigurationPreset {
  readonly group: PresetGroup;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly summary: string;
  readonly configuration: Configuration;
}

const plain = { pinning: { memory: { policy: "default" } }, pages: {} } as const;

/** CPUs of one NUMA node, and memory from where the program runs: `fittedTo` takes the first node of the SUT. */
const oneSocket = { cpus: "0", memory: { policy: "local" } } as const;
/** All CPUs, memory interleaved over all nodes: on a SUT with one node the check says that it has one. */
const twoSockets = { memory: { policy: "interleave", nodes: "0-1" } } as const;

/** Ids are unique; a campaign that takes a preset twice gives the second another id. */
export const configurationPresets: readonly ConfigurationPreset[] = [
  {
    group: "paper",
    title: "Native",
    summary: "The workload runs on the host itself. Everything else is compared with this.",
    configuration: {
      ...plain,
      id: "native",
      label: "Native",
      environment: "native",
      network: { mode: "host" },
      storage: { kind: "file" },
    },
  },
  {
    group: "paper",
    title: "Docker, host network",
    summary: "A container without a network of its own; test files in a volume of the host.",
    configuration: {
      ...plain,
      id: "docker-host",
      label: "Docker host network",
      environment: "docker",
      network: { mode: "host" },
      storage: { kind: "volume" },
    },
  },
  {
    group: "paper",
    title: "Docker, NAT",
    summary: "Docker's default: a bridge, with published ports translated by iptables.",
    configuration: {
      ...plain,
      id: "docker-nat",
      label: "Docker NAT",
      environment: "docker",
      network: { mode: "nat" },
      storage: { kind: "volume" },
    },
  },
  {
    group: "practice",
    title: "Docker, NAT without userland proxy",
    summary: "The same with Docker's userland proxy turned off, for which its daemon is restarted.",
    configuration: {
      ...plain,
      id: "docker-nat-noproxy",
      label: "Docker NAT without proxy",
      environment: "docker",
      network: { mode: "nat", userlandProxy: false },
      storage: { kind: "volume" },
    },
  },
  {
    group: "practice",
    title: "Docker, macvlan",
    summary:
      "The container has an address of its own on the data interface, the lab's guest address: no NAT, no bridge. Only other hosts reach it.",
    configuration: {
      ...plain,
      id: "docker-macvlan",
      label: "Docker macvlan",
      environment: "docker",
      network: { mode: "macvlan" },
      storage: { kind: "volume" },
    },
  },
  {
    group: "paper",
    title: "Docker, layer storage",
    summary: "Test files in the container's own file system (overlay2) instead of a volume.",
    configuration: {
      ...plain,
      id: "docker-layer",
      label: "Docker layer storage",
      environment: "docker",
      network: { mode: "host" },
      storage: { kind: "layer" },
    },
  },
  {
    group: "practice",
    title: "Docker, NAT and layer storage",
    summary:
      "Docker as it comes: bridge with NAT, test files in the container's own file system (the paper's NAT with AUFS).",
    configuration: {
      ...plain,
      id: "docker-nat-layer",
      label: "Docker NAT layer storage",
      environment: "docker",
      network: { mode: "nat" },
      storage: { kind: "layer" },
    },
  },
  {
    group: "paper",
    title: "Native, one socket",
    summary: "The CPUs and the memory of one NUMA node (numactl --localalloc).",
    configuration: {
      ...plain,
      id: "native-one-socket",
      label: "Native one socket",
      environment: "native",
      pinning: oneSocket,
      network: { mode: "host" },
      storage: { kind: "file" },
    },
  },
  {
    group: "paper",
    title: "Native, two sockets",
    summary: "All CPUs, memory interleaved over all NUMA nodes (numactl --interleave).",
    configuration: {
      ...plain,
      id: "native-two-sockets",
      label: "Native two sockets",
      environment: "native",
      pinning: twoSockets,
      network: { mode: "host" },
      storage: { kind: "file" },
    },
  },
  {
    group: "paper",
    title: "Docker, one socket",
    summary: "A container on the CPUs of one NUMA node, with memory of that node.",
    configuration: {
      ...plain,
      id: "docker-one-socket",
      label: "Docker one socket",
      environment: "docker",
      pinning: oneSocket,
      network: { mode: "host" },
      storage: { kind: "volume" },
    },
  },
  {
    group: "paper",
    title: "Docker, two sockets",
    summary: "A container on all CPUs, memory interleaved over all NUMA nodes.",
    configuration: {
      ...plain,
      id: "docker-two-sockets",
      label: "Docker two sockets",
      environment: "docker",
      pinning: twoSockets,
      network: { mode: "host" },
      storage: { kind: "volume" },
    },
  },
  ...kvmPresets,
];

/**
 * A preset made to fit a SUT: CPUs with local memory become those of the first NUMA node, interleaving goes over all
 * nodes that there are, and a guest is fitted to the CPUs and memory that are left (`fittedGuest`).
 */
export function fittedTo(preset: Configuration, facts: Facts): Configuration {
  const configuration = { ...preset, pinning: fittedPinning(preset.pinning, facts) };
  return configuration.environment === "kvm" ? fittedGuest(configuration, facts) : configuration;
}

function fittedPinning(pinning: Configuration["pinning"], { memory }: Facts): Configuration["pinning"] {
  const nodes = memory.nodes.map(({ node }) => node);
  const first = memory.nodes.find(({ cpus }) => cpus !== "");
  if (pinning.memory.policy === "local" && pinning.cpus !== undefined && first !== undefined)
    return { ...pinning, cpus: first.cpus };
  if (pinning.memory.policy === "interleave" && nodes.length > 1)
    return { ...pinning, memory: { policy: "interleave", nodes: formatCpuList(nodes) } };
  return pinning;
}
