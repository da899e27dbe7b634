// A configuration's choices as words, in the order of the axes: pinning, pages, machine, network, storage.
import type {
  Configuration,
  DeviceStorage,
  DockerConfiguration,
  KvmConfiguration,
} from "../model/configuration.ts";

/** `KVM; CPUs 0-3; 2 vCPUs, 1024 MiB; bridge with vhost auto; raw, cache none, io native`. Only choices that differ from the host's own state. */
export function configurationText(configuration: Configuration): string {
  return [
    environmentTitles[configuration.environment],
    ...commonWords(configuration),
    ...ownWords(configuration),
  ].join("; ");
}

const environmentTitles = { native: "native", docker: "Docker", kvm: "KVM" } as const;

function commonWords({ pinning, pages }: Configuration): string[] {
  const { cpus, memory, nicIrqs } = pinning;
  return [
    cpus === undefined ? "all CPUs" : `CPUs ${cpus}`,
    ...(memory.policy === "default"
      ? []
      : [`memory ${memory.policy}${"nodes" in memory ? ` ${memory.nodes}` : ""}`]),
    ...(nicIrqs === undefined ? [] : [`interrupts of the data interface on CPUs ${nicIrqs}`]),
    ...(pages.thp === undefined ? [] : [`transparent huge pages ${pages.thp}`]),
    ...(pages.thpDefrag === undefined ? [] : [`their defragmentation ${pages.thpDefrag}`]),
    ...reservedWords("2 MiB", pages.hugePages2M, pages.hugePagesNode),
    ...reservedWords("1 GiB", pages.hugePages1G, pages.hugePagesNode),
    ...(pages.perNode ?? []).flatMap(({ node, hugePages2M, hugePages1G }) => [
      ...reservedWords("2 MiB", hugePages2M, node),
      ...reservedWords("1 GiB", hugePages1G, node),
    ]),
  ];
}

function reservedWords(size: string, count: number | undefined, node: number | undefined): string[] {
  if (count === undefined) return [];
  return [`${count} huge pages of ${size} reserved${node === undefined ? "" : ` on NUMA node ${node}`}`];
}

function ownWords(configuration: Configuration): string[] {
  switch (configuration.environment) {
    case "native":
      return [
        "host network",
        configuration.storage.kind === "file"
          ? "file on the host"
          : deviceWords(configuration.storage.device),
      ];
    case "docker":
      return [
        containerNetworkWords(configuration.network),
        configuration.storage.kind === "device"
          ? deviceWords(configuration.storage.device)
          : containerStorage[configuration.storage.kind],
      ];
    case "kvm":
      return guestWords(configuration);
  }
}

const containerStorage = {
  volume: "bind-mounted folder of the host",
  layer: "container's own layer",
} as const;

function containerNetworkWords(network: DockerConfiguration["network"]): string {
  if (network.mode === "host") return "host network";
  if (network.mode === "macvlan") return "macvlan on the data interface";
  const { userlandProxy } = network;
  return `bridge with NAT${userlandProxy === undefined ? "" : `, userland proxy ${userlandProxy ? "on" : "off"}`}`;
}

function deviceWords({ path, serial }: DeviceStorage): string {
  return `block device ${path} (serial ${serial})`;
}

function guestWords({ machine, network, storage }: KvmConfiguration): string[] {
  const { accelerator, vcpus, cpuModel, topology, vcpuPins, emulatorPin, ioThreadPin } = machine;
  return [
    `accelerator ${accelerator}`,
    `${vcpus} vCPUs`,
    memoryWords(machine),
    `CPU model ${cpuModel}`,
    ...(topology === undefined
      ? []
      : [`topology ${topology.sockets} sockets x ${topology.cores} cores x ${topology.threads} threads`]),
    ...(machine.numaCells ?? []).map(
      ({ cpus, memoryMiB, hostNodes }, index) =>
        `guest NUMA node ${index}: vCPUs ${cpus}, ${memoryMiB} MiB${hostNodes === undefined ? "" : ` of host node ${hostNodes}`}`,
    ),
    ...(vcpuPins === undefined ? [] : [`vCPUs on host CPUs ${vcpuPins.join(" / ")}`]),
    ...(emulatorPin === undefined ? [] : [`emulator on host CPUs ${emulatorPin}`]),
    ...(ioThreadPin === undefined ? [] : [`I/O thread on host CPUs ${ioThreadPin}`]),
    networkWords(network),
    `${storage.format} image, cache ${storage.cache}, io ${storage.io}, ${storage.ioThread ? "own I/O thread" : "no I/O thread"}`,
    ...(storage.device === undefined ? [] : [`test data on the block device ${storage.device.path}`]),
  ];
}

function memoryWords({ memoryMiB, hugePages, hugePageKiB, locked }: KvmConfiguration["machine"]): string {
  const size = hugePageKiB === 1_048_576 ? " of 1 GiB" : hugePageKiB === 2048 ? " of 2 MiB" : "";
  return `${memoryMiB} MiB${hugePages ? ` from huge pages${size}` : ""}${locked === true ? ", locked" : ""}`;
}

function networkWords({ mode, vhost }: KvmConfiguration["network"]): string {
  switch (mode) {
    case "bridge":
      return `virtio on a bridge, vhost ${vhost}`;
    case "direct":
      return `virtio on macvtap, vhost ${vhost}`;
    case "user":
      return "virtio on QEMU's user-mode network";
  }
}
