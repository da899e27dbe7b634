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
  const { cpus, memory } = pinning;
  return [
    cpus === undefined ? "all CPUs" : `CPUs ${cpus}`,
    ...(memory.policy === "default"
      ? []
      : [`memory ${memory.policy}${"nodes" in memory ? ` ${memory.nodes}` : ""}`]),
    ...(pages.thp === undefined ? [] : [`transparent huge pages ${pages.thp}`]),
    ...(pages.hugePages2M === undefined ? [] : [`${pages.hugePages2M} huge pages of 2 MiB reserved`]),
  ];
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
  const { accelerator, vcpus, memoryMiB, cpuModel, vcpuPins, emulatorPin, hugePages } = machine;
  return [
    `accelerator ${accelerator}`,
    `${vcpus} vCPUs`,
    `${memoryMiB} MiB${hugePages ? " from huge pages" : ""}`,
    `CPU model ${cpuModel}`,
    ...(vcpuPins === undefined ? [] : [`vCPUs on host CPUs ${vcpuPins.join(" / ")}`]),
    ...(emulatorPin === undefined ? [] : [`emulator on host CPUs ${emulatorPin}`]),
    `virtio on a bridge, vhost ${network.vhost}`,
    `${storage.format} image, cache ${storage.cache}, io ${storage.io}, ${storage.ioThread ? "own I/O thread" : "no I/O thread"}`,
  ];
}
