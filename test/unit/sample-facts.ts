// Facts of a plain two-core machine with Docker, libvirt and a usable KVM: what a test changes, it says.
import type { Facts } from "#shared/model/facts.ts";

const gibibyte = 2 ** 30;

export function sampleFacts(change: Partial<Facts> = {}): Facts {
  return {
    machine: "sut",
    container: null,
    takenAt: "2026-01-02T03:00:00.000Z",
    hostname: "sut-1",
    bootId: "5f0f1d7c",
    os: "Debian GNU/Linux 12 (bookworm)",
    kernel: { release: "6.1.0-30-amd64", version: "#1 SMP", commandLine: "quiet" },
    clockSource: "tsc",
    cgroup: "v2",
    init: "systemd",
    cpu: {
      model: "Intel(R) Xeon(R) CPU E5-2665 0 @ 2.40GHz",
      vendor: "GenuineIntel",
      architecture: "x86_64",
      // Nothing that a guest with the default CPU model would miss.
      flags: ["sse2", "pni"],
      microcode: null,
      sockets: 1,
      cores: 2,
      threads: 2,
      online: "0-1",
      isolated: null,
      topology: [
        { cpu: 0, core: 0, socket: 0, node: 0, l3: "0" },
        { cpu: 1, core: 1, socket: 0, node: 0, l3: "0" },
      ],
      caches: [],
      smt: null,
      mitigations: {},
      governor: "performance",
      frequencyDriver: null,
      frequencyKhz: null,
      turbo: null,
      hypervisor: null,
    },
    memory: {
      totalBytes: 16 * gibibyte,
      availableBytes: 12 * gibibyte,
      swapTotalBytes: 0,
      swapUsedBytes: 0,
      nodes: [{ node: 0, cpus: "0-1", totalBytes: 16 * gibibyte, freeBytes: 12 * gibibyte }],
      thp: { enabled: "madvise", defrag: "madvise" },
      hugePages: [],
    },
    nics: [],
    sysctls: {},
    blocks: [],
    docker: {
      version: "26.1.5",
      storageDriver: "overlay2",
      userlandProxy: false,
      cgroupDriver: "systemd",
      running: true,
    },
    libvirt: { version: "9.0.0", running: true },
    qemu: "7.2.15",
    kvm: { present: true, usable: true, reason: "a probe guest ran" },
    vhostNet: true,
    tools: { nuttcp: "6.1.2" },
    root: { user: "root", uid: 0, sudo: false },
    freeBytes: 100 * gibibyte,
    ...change,
  };
}
