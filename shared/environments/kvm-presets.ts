// KVM configurations to begin with, from libvirt's default to everything tuned. Numbers, pins, topology and cells are
// those of a small guest; `fittedTo` replaces them by what is right on a SUT.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { ConfigurationPreset } from "./presets.ts";

const plain = { pinning: { memory: { policy: "default" } }, pages: {} } as const;

const guest: KvmConfiguration["machine"] = {
  accelerator: "auto",
  vcpus: 2,
  memoryMiB: 2048,
  cpuModel: "default",
  hugePages: false,
};

const topology = { sockets: 1, cores: 2, threads: 1 } as const;
const direct: KvmConfiguration["storage"] = { format: "raw", cache: "none", io: "native", ioThread: false };
const bridge = { mode: "bridge", vhost: "auto" } as const;

export const kvmPresets: readonly ConfigurationPreset[] = [
  {
    group: "practice",
    title: "KVM, default",
    summary: "A guest as libvirt makes it: default CPU model, nothing pinned, virtio disk and network.",
    configuration: {
      ...plain,
      id: "kvm",
      label: "KVM",
      environment: "kvm",
      machine: guest,
      network: bridge,
      storage: direct,
    },
  },
  {
    group: "paper",
    title: "KVM, untuned",
    summary:
      "The paper's untuned guest: default CPU model, nothing pinned, QEMU's user-mode network, qcow2 disk in the host's page cache.",
    configuration: {
      ...plain,
      id: "kvm-untuned",
      label: "KVM untuned",
      environment: "kvm",
      machine: guest,
      network: { mode: "user", vhost: "off" },
      storage: { format: "qcow2", cache: "writeback", io: "threads", ioThread: false },
    },
  },
  {
    group: "paper",
    title: "KVM, vhost and qcow2",
    summary: "The paper's guest for MySQL (Table 2): vhost network on a bridge, qcow2 disk.",
    configuration: {
      ...plain,
      id: "kvm-vhost-qcow2",
      label: "KVM vhost qcow2",
      environment: "kvm",
      machine: guest,
      network: { mode: "bridge", vhost: "on" },
      storage: { format: "qcow2", cache: "writeback", io: "threads", ioThread: false },
    },
  },
  {
    group: "paper",
    title: "KVM, tuned",
    summary:
      "The paper's tuned guest: the host's CPU model passed through, its topology shown, each vCPU on a CPU of its own.",
    configuration: {
      ...plain,
      id: "kvm-tuned",
      label: "KVM tuned",
      environment: "kvm",
      machine: { ...guest, cpuModel: "host-passthrough", topology, vcpuPins: ["0", "1"] },
      network: bridge,
      storage: direct,
    },
  },
  {
    group: "practice",
    title: "KVM, best",
    summary:
      "All that can be tuned: as tuned, with guest NUMA nodes, reserved huge pages, a pinned emulator and the disk in an I/O thread.",
    configuration: {
      ...plain,
      id: "kvm-best",
      label: "KVM best",
      environment: "kvm",
      machine: {
        ...guest,
        cpuModel: "host-passthrough",
        topology,
        vcpuPins: ["0", "1"],
        numaCells: [{ cpus: "0-1", memoryMiB: 2048, hostNodes: "0" }],
        emulatorPin: "0",
        ioThreadPin: "0",
        hugePages: true,
      },
      pages: { hugePages2M: 1024 },
      network: bridge,
      storage: { ...direct, ioThread: true },
    },
  },
  {
    group: "paper",
    title: "KVM, one socket",
    summary:
      "A guest on the CPUs of the first NUMA node, each vCPU on a CPU of its own, with memory of that node.",
    configuration: {
      ...plain,
      id: "kvm-one-socket",
      label: "KVM one socket",
      environment: "kvm",
      pinning: { cpus: "0", memory: { policy: "local" } },
      machine: { ...guest, cpuModel: "host-passthrough", topology, vcpuPins: ["0", "1"] },
      network: bridge,
      storage: direct,
    },
  },
  {
    group: "paper",
    title: "KVM, two sockets",
    summary:
      "A guest over all NUMA nodes, each vCPU on a CPU of its own, its memory interleaved over the nodes.",
    configuration: {
      ...plain,
      id: "kvm-two-sockets",
      label: "KVM two sockets",
      environment: "kvm",
      pinning: { memory: { policy: "interleave", nodes: "0-1" } },
      machine: { ...guest, cpuModel: "host-passthrough", topology, vcpuPins: ["0", "1"] },
      network: bridge,
      storage: direct,
    },
  },
];
