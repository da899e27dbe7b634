// Machines that are not here, written down as facts.sh would print them: topology and files as the kernel lays them out.

export interface DescribedMachine {
  readonly architecture: string;
  /** Lines of /proc/cpuinfo that all CPUs share. */
  readonly cpuinfo: readonly string[];
  /** Physical cores: the logical CPUs of each, its ids, its node, and the cores that share its last cache. */
  readonly cores: readonly {
    readonly cpus: readonly number[];
    readonly coreId: number;
    readonly socket: number;
    readonly node: number;
    readonly sharedL3: string | null;
  }[];
  readonly nodeCpus: readonly string[];
  readonly online: string;
  readonly hostname?: string;
  /** Memory of each node in GiB, all but 2 GiB of it free. */
  readonly nodeGiB?: number;
  readonly files: Readonly<Record<string, string>>;
  /** Records as they stand, without their last newline. */
  readonly records?: readonly string[];
}

export function machineText(machine: DescribedMachine): string {
  const lines: string[] = ["meta\tformat\t1", "meta\ttakenAt\t2026-03-01T12:00:00Z"];
  const file = (path: string, content: string) =>
    lines.push(...content.split("\n").map((line) => `file\t${path}\t${line}`));
  lines.push(`meta\tarchitecture\t${machine.architecture}`, "meta\tuser\troot", "meta\tuid\t0");
  file("/proc/sys/kernel/hostname", machine.hostname ?? "sut-1");
  file("/proc/sys/kernel/random/boot_id", "0b1c9d52-5f1f-4e7b-9f0e-4c8a2a4de111");
  file("/proc/sys/kernel/osrelease", "6.8.0-45-generic");
  const kilobytes = (gib: number) => `${gib * 1024 * 1024} kB`;
  const { nodeGiB } = machine;
  const sum = (nodeGiB ?? 0) * machine.nodeCpus.length;
  file(
    "/proc/meminfo",
    nodeGiB === undefined
      ? "MemTotal:       65536000 kB\nMemFree:        60000000 kB\nMemAvailable:   62000000 kB"
      : `MemTotal: ${kilobytes(sum)}\nMemFree: ${kilobytes(sum - 4)}\nMemAvailable: ${kilobytes(sum - 2)}`,
  );
  for (const line of machine.cpuinfo) file("/proc/cpuinfo", line);
  file("/sys/devices/system/cpu/online", machine.online);
  machine.nodeCpus.forEach((cpus, node) => {
    file(`/sys/devices/system/node/node${node}/cpulist`, cpus);
    file(
      `/sys/devices/system/node/node${node}/meminfo`,
      nodeGiB === undefined
        ? `Node ${node} MemTotal:       16384000 kB\nNode ${node} MemFree:        15000000 kB`
        : `Node ${node} MemTotal: ${kilobytes(nodeGiB)}\nNode ${node} MemFree: ${kilobytes(nodeGiB - 2)}`,
    );
  });
  for (const core of machine.cores) {
    for (const cpu of core.cpus) {
      const folder = `/sys/devices/system/cpu/cpu${cpu}`;
      file(`${folder}/topology/core_id`, `${core.coreId}`);
      file(`${folder}/topology/physical_package_id`, `${core.socket}`);
      file(`${folder}/topology/thread_siblings_list`, core.cpus.join(","));
      const cache = (index: number, level: string, type: string, size: string, shared: string) => {
        file(`${folder}/cache/index${index}/level`, level);
        file(`${folder}/cache/index${index}/type`, type);
        file(`${folder}/cache/index${index}/size`, size);
        file(`${folder}/cache/index${index}/shared_cpu_list`, shared);
      };
      cache(0, "1", "Data", "48K", core.cpus.join(","));
      cache(1, "1", "Instruction", "32K", core.cpus.join(","));
      cache(2, "2", "Unified", "2048K", core.cpus.join(","));
      if (core.sharedL3 !== null) cache(3, "3", "Unified", "32768K", core.sharedL3);
    }
  }
  for (const [path, content] of Object.entries(machine.files)) file(path, content);
  lines.push(...(machine.records ?? []), "meta\tend\t1");
  return `${lines.join("\n")}\n`;
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

const x86 = (model: string, vendor: string, flags: string) => [
  `vendor_id\t: ${vendor}`,
  `model name\t: ${model}`,
  "microcode\t: 0x2b000571",
  `flags\t\t: ${flags}`,
];

/** Two sockets of 4 cores with SMT: siblings are numbered after all first threads; core ids repeat on each socket. */
export const twoSockets: DescribedMachine = {
  architecture: "x86_64",
  cpuinfo: x86("Intel(R) Xeon(R) Gold 6430", "GenuineIntel", "fpu vmx avx512f pdpe1gb"),
  online: "0-15",
  nodeCpus: ["0-3,8-11", "4-7,12-15"],
  cores: range(8).map((core) => ({
    cpus: [core, core + 8],
    coreId: core % 4,
    socket: Math.floor(core / 4),
    node: Math.floor(core / 4),
    sharedL3: core < 4 ? "0-3,8-11" : "4-7,12-15",
  })),
  files: {
    "/sys/devices/system/cpu/smt/control": "on",
    "/sys/devices/system/cpu/isolated": "4-7",
    "/sys/devices/system/cpu/intel_pstate/no_turbo": "0",
    "/sys/devices/system/cpu/vulnerabilities/meltdown": "Not affected",
    "/sys/devices/system/clocksource/clocksource0/current_clocksource": "tsc",
    "/proc/buddyinfo": [
      "Node 0, zone      DMA      0      0      0      0      0      0      0      0      1      1      3",
      "Node 0, zone    DMA32      2      2      4      2      5      4      4      4      5      3    400",
      "Node 0, zone   Normal   3167  12114   8125   8814   9918   3621   1800   1047    505    304   3100",
      "Node 1, zone   Normal    917    533    801    314    118     61     20      7      5     12     20",
    ].join("\n"),
    "/sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never",
    "/sys/kernel/mm/transparent_hugepage/defrag": "always defer defer+madvise [madvise] never",
    "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages": "4",
    "/sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages": "3",
    "/sys/devices/system/node/node1/hugepages/hugepages-1048576kB/nr_hugepages": "4",
    "/sys/devices/system/node/node1/hugepages/hugepages-1048576kB/free_hugepages": "3",
    "/proc/1/comm": "systemd",
    "/proc/sys/net/ipv4/tcp_rmem": "4096\t131072\t6291456",
    "/proc/self/mountinfo": [
      "22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw",
      "30 22 253:0 / /srv/my\\040data rw - xfs /dev/mapper/vg-data rw",
      "31 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw",
    ].join("\n"),
    "/proc/swaps": "Filename\tType\tSize\tUsed\tPriority\n/dev/sda3 partition 8388604 0 -2",
    "/sys/block/sda/dev": "8:0",
    "/sys/block/sda/size": "1953525168",
    "/sys/block/sda/device/model": "SAMSUNG MZ7LH960",
    "/sys/block/sda/device/../../../../numa_node": "1",
    "/sys/block/sda/queue/rotational": "0",
    "/sys/block/sda/queue/scheduler": "none [mq-deadline] kyber",
    "/sys/block/sda/sda2/partition": "2",
    "/sys/block/sda/sda2/dev": "8:2",
    "/sys/block/sda/sda2/size": "1073741824",
    "/sys/block/sda/sda3/partition": "3",
    "/sys/block/sda/sda3/dev": "8:3",
    "/sys/block/sda/sda4/partition": "4",
    "/sys/block/sda/sda4/dev": "8:4",
    "/sys/block/dm-0/dev": "253:0",
    "/sys/block/dm-0/size": "2097152",
    "/sys/block/dm-0/dm/name": "vg-data",
    "/sys/block/loop0/dev": "7:0",
    "/sys/block/loop0/size": "0",
    "/proc/net/dev": "Inter-|   Receive\n    lo: 1 1\nens1f0: 2 2\n   br0: 3 3",
    "/sys/class/net/ens1f0/mtu": "9000",
    "/sys/class/net/ens1f0/speed": "100000",
    "/sys/class/net/ens1f0/duplex": "full",
    "/sys/class/net/ens1f0/flags": "0x1003",
    "/sys/class/net/ens1f0/device/numa_node": "1",
    "/sys/class/net/br0/mtu": "9000",
    "/sys/class/net/br0/speed": "-1",
    "/sys/class/net/br0/flags": "0x1003",
    "/sys/class/net/br0/uevent": "DEVTYPE=bridge\nINTERFACE=br0",
    // The kernel picks one of those that it may use.
    "/proc/irq/120/smp_affinity_list": "4",
    "/proc/irq/120/effective_affinity_list": "4",
    "/proc/irq/121/smp_affinity_list": "4-7",
    "/proc/irq/121/effective_affinity_list": "5",
    "/etc/docker/daemon.json": '{ "userland-proxy": false }',
    "/proc/812/comm": "dockerd",
    ...Object.fromEntries(
      range(16).flatMap((cpu) => {
        const policy = `/sys/devices/system/cpu/cpufreq/policy${cpu}`;
        return [
          [`${policy}/scaling_driver`, "intel_pstate"],
          [`${policy}/scaling_governor`, "performance"],
          [`${policy}/scaling_min_freq`, "800000"],
          [`${policy}/scaling_max_freq`, "3400000"],
        ];
      }),
    ),
  },
  records: [
    "link\t/sys/class/net/ens1f0/device\t../../../0000:98:00.0",
    "link\t/sys/class/net/ens1f0/device/driver\t../../../../bus/pci/drivers/mlx5_core",
    "link\t/sys/class/net/ens1f0/master\t../../../../virtual/net/br0",
    "path\t/sys/class/net/ens1f0/queues/rx-0\t",
    "path\t/sys/class/net/ens1f0/queues/rx-1\t",
    "path\t/sys/class/net/ens1f0/queues/tx-0\t",
    "command\tinterrupts\t119 PCI-MSI 524287-edge      nvme0q0",
    "command\tinterrupts\t120 PCI-MSIX-0000:98:00.0   0-edge      mlx5_comp0@pci:0000:98:00.0",
    "command\tinterrupts\t121 PCI-MSIX-0000:98:00.0   1-edge      mlx5_comp1@pci:0000:98:00.0",
    "command\taddresses\t3: br0    inet 198.18.1.2/24 brd 198.18.1.255 scope global br0\\       valid_lft forever",
    "command\tethtool -k ens1f0\tFeatures for ens1f0:",
    "command\tethtool -k ens1f0\trx-checksumming: on",
    "command\tethtool -k ens1f0\t\ttx-checksum-ipv4: off [fixed]",
    "command\tethtool -k ens1f0\t\ttx-checksum-ip-generic: on [fixed]",
    "path\t/sys/block/sda/sda4/holders/dm-0\t",
    'command\tlsblk\t{"blockdevices":[{"name":"sda","serial":"S45NNE0M123456","model":"SAMSUNG MZ7LH960","fstype":null}]}',
    'command\tdocker\t"27.3.1"',
    'command\tdocker\t"overlay2"',
    'command\tdocker\t"systemd"',
    "tool\tdocker\tDocker version 27.3.1, build ce12230",
    "tool\tvirsh\t10.0.0",
    "tool\tqemu-img\tqemu-img version 8.2.2",
    "tool\tmke2fs\tmke2fs 1.47.0 (5-Feb-2023)",
    "path\t/run/libvirt/libvirt-sock\t",
    "path\t/dev/kvm\t",
    "path\t/dev/vhost-net\t",
    "command\tdf\tFilesystem     1024-blocks      Used Available Capacity Mounted on",
    "command\tdf\t/dev/sda2        959786032 100000000 811000000      11% /",
  ],
};

/** One socket, four nodes (NPS4), 16 cores, SMT off by the BIOS, a shared cache for each pair of cores. */
export const fourNodes: DescribedMachine = {
  architecture: "x86_64",
  cpuinfo: x86("AMD EPYC 9354P 32-Core Processor", "AuthenticAMD", "fpu svm avx2 pdpe1gb"),
  online: "0-15",
  nodeCpus: ["0-3", "4-7", "8-11", "12-15"],
  cores: range(16).map((core) => ({
    cpus: [core],
    coreId: core * 4,
    socket: 0,
    node: Math.floor(core / 4),
    sharedL3: `${core - (core % 2)}-${core - (core % 2) + 1}`,
  })),
  files: {
    "/sys/devices/system/cpu/smt/control": "notsupported",
    "/sys/devices/system/cpu/cpufreq/boost": "0",
    "/sys/devices/system/cpu/cpufreq/policy0/scaling_driver": "acpi-cpufreq",
    "/sys/devices/system/cpu/cpufreq/policy0/scaling_governor": "performance",
    "/sys/devices/system/cpu/cpufreq/policy1/scaling_driver": "acpi-cpufreq",
    "/sys/devices/system/cpu/cpufreq/policy1/scaling_governor": "schedutil",
  },
};

/** One socket, 4 cores, one thread each, nothing but the least that /sys offers. */
export const oneSocket: DescribedMachine = {
  architecture: "x86_64",
  cpuinfo: x86("Intel(R) N100", "GenuineIntel", "fpu hypervisor"),
  online: "0-3",
  nodeCpus: ["0-3"],
  cores: range(4).map((core) => ({ cpus: [core], coreId: core, socket: 0, node: 0, sharedL3: "0-3" })),
  files: {},
};

/** Arm: no model name, Features for flags, package ids of -1 where firmware has no table, no shared cache told. */
export const armServer: DescribedMachine = {
  architecture: "aarch64",
  cpuinfo: [
    "CPU implementer\t: 0x41",
    "CPU architecture: 8",
    "CPU variant\t: 0x3",
    "CPU part\t: 0xd0c",
    "CPU revision\t: 1",
    "Features\t: fp asimd aes sha2 atomics asimddp",
  ],
  online: "0-7",
  nodeCpus: ["0-7"],
  cores: range(8).map((core) => ({ cpus: [core], coreId: core, socket: -1, node: 0, sharedL3: null })),
  files: {
    "/sys/devices/system/cpu/cpufreq/policy0/scaling_driver": "cppc_cpufreq",
    "/sys/devices/system/cpu/cpufreq/policy0/scaling_governor": "ondemand",
    "/sys/devices/system/cpu/cpufreq/policy0/scaling_min_freq": "1000000",
    "/sys/devices/system/cpu/cpufreq/policy0/scaling_max_freq": "3000000",
  },
};
