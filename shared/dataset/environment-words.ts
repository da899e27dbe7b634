// A configuration's environment in the words of the claims, which differ by what a workload uses of it.
import type { Configuration, DockerConfiguration, KvmConfiguration } from "../model/configuration.ts";
import type { Subject } from "../model/dataset.ts";

/** Null where the paper measured nothing of the kind (macvlan, a guest's user-mode network, a container's layer for fio). */
export function environmentWord(configuration: Configuration, subject: Subject): string | null {
  if (configuration.environment === "native") return "native";
  return configuration.environment === "docker"
    ? dockerWord(configuration, subject)
    : kvmWord(configuration, subject);
}

function dockerWord({ network, storage }: DockerConfiguration, subject: Subject): string | null {
  switch (subject) {
    case "linpack":
    case "stream":
    case "randomaccess":
    case "startup":
      return "docker";
    case "fio":
      return storage.kind === "layer" ? null : "docker";
    case "nuttcp":
    case "netperf":
    case "redis":
      return networkWord(network.mode);
    case "mysql": {
      const word = networkWord(network.mode);
      // "aufs" stands for the container's own layer, whichever driver makes it today.
      return word === null || storage.kind !== "layer" ? word : `${word}-aufs`;
    }
  }
}

function networkWord(mode: DockerConfiguration["network"]["mode"]): string | null {
  return mode === "macvlan" ? null : `docker-${mode}`;
}

function kvmWord({ machine, network }: KvmConfiguration, subject: Subject): string | null {
  const usesNetwork = ["nuttcp", "netperf", "redis", "mysql"].includes(subject);
  if (usesNetwork && network.mode !== "bridge") return null;
  const tuned =
    machine.cpuModel === "host-passthrough" &&
    machine.topology !== undefined &&
    machine.vcpuPins !== undefined;
  return tuned && subject === "linpack" ? "kvm-tuned" : "kvm";
}
