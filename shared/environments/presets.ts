// Configurations to begin with: what the paper compares, as data.
import type { Configuration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { mib } from "./checks.ts";
import { numbersOf } from "./cpu-list.ts";

export interface ConfigurationPreset {
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly summary: string;
  readonly configuration: Configuration;
}

const plain = { pinning: { memory: { policy: "default" } }, pages: {} } as const;

const guest: KvmConfiguration["machine"] = {
  accelerator: "auto",
  vcpus: 2,
  memoryMiB: 2048,
  cpuModel: "default",
  hugePages: false,
};

/** Ids are unique; a campaign that takes a preset twice gives the second another id. */
export const configurationPresets: readonly ConfigurationPreset[] = [
  {
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
    title: "KVM, default",
    summary: "A guest as libvirt makes it: default CPU model, nothing pinned, virtio disk and network.",
    configuration: {
      ...plain,
      id: "kvm",
      label: "KVM",
      environment: "kvm",
      machine: guest,
      network: { mode: "bridge", vhost: "auto" },
      storage: { format: "raw", cache: "none", io: "native", ioThread: false },
    },
  },
  {
    title: "KVM, tuned",
    summary: "The host's CPU model passed through, each vCPU on a CPU of its own, the disk in an I/O thread.",
    configuration: {
      ...plain,
      id: "kvm-tuned",
      label: "KVM tuned",
      environment: "kvm",
      machine: { ...guest, cpuModel: "host-passthrough", vcpuPins: ["0", "1"] },
      network: { mode: "bridge", vhost: "auto" },
      storage: { format: "raw", cache: "none", io: "native", ioThread: true },
    },
  },
];

/**
 * A configuration made to fit a SUT: a guest gets as many vCPUs as programs have CPUs natively, each pinned to its
 * own where the preset pins, and half of the memory that is available. Other environments stay as they are.
 */
export function fittedTo(configuration: Configuration, facts: Facts): Configuration {
  if (configuration.environment !== "kvm") return configuration;
  const cpus = numbersOf(configuration.pinning.cpus ?? facts.cpu.online).slice(0, 255);
  const { vcpuPins, ...machine } = configuration.machine;
  const half = Math.floor(mib(facts.memory.availableBytes) / 2);
  return {
    ...configuration,
    machine: {
      ...machine,
      vcpus: Math.max(cpus.length, 1),
      memoryMiB: Math.max(half - (half % 2), 256),
      ...(vcpuPins === undefined ? {} : { vcpuPins: cpus.map(String) }),
    },
  };
}
