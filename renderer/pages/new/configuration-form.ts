// One configuration as its fields are typed, and the way to a Configuration and back.
import { z } from "zod";
import {
  environmentNameSchema,
  type Configuration,
  type KvmConfiguration,
  type MemoryPolicy,
} from "#shared/model/configuration.ts";
import { optionalNumber, optionalText, toNumber } from "./typed-text.ts";

/** Every field of every environment; those that an environment does not have are kept but not used. */
export const configurationFormSchema = z.object({
  id: z.string(),
  label: z.string(),
  environment: environmentNameSchema,
  pinning: z.object({
    cpus: z.string(),
    memory: z.object({ policy: z.enum(["default", "local", "interleave", "bind"]), nodes: z.string() }),
  }),
  pages: z.object({ thp: z.enum(["", "always", "madvise", "never"]), hugePages2M: z.string() }),
  machine: z.object({
    accelerator: z.enum(["auto", "kvm", "tcg"]),
    vcpus: z.string(),
    memoryMiB: z.string(),
    cpuModel: z.string(),
    vcpuPins: z.string(),
    emulatorPin: z.string(),
    hugePages: z.boolean(),
  }),
  network: z.object({ mode: z.enum(["host", "nat", "macvlan"]), vhost: z.enum(["auto", "off"]) }),
  storage: z.object({
    kind: z.enum(["volume", "layer", "device"]),
    format: z.enum(["raw", "qcow2"]),
    cache: z.enum(["none", "writeback", "writethrough", "directsync", "unsafe"]),
    io: z.enum(["native", "threads", "io_uring"]),
    ioThread: z.boolean(),
  }),
});
export type ConfigurationForm = z.infer<typeof configurationFormSchema>;

const unusedMachine: ConfigurationForm["machine"] = {
  accelerator: "auto",
  vcpus: "2",
  memoryMiB: "2048",
  cpuModel: "default",
  vcpuPins: "",
  emulatorPin: "",
  hugePages: false,
};

export function toConfigurationForm(configuration: Configuration): ConfigurationForm {
  const { id, label, environment, pinning, pages } = configuration;
  const kvm = configuration.environment === "kvm" ? configuration : null;
  const docker = configuration.environment === "docker" ? configuration : null;
  return {
    id,
    label,
    environment,
    pinning: { cpus: pinning.cpus ?? "", memory: toMemoryForm(pinning.memory) },
    pages: { thp: pages.thp ?? "", hugePages2M: pages.hugePages2M?.toString() ?? "" },
    machine: kvm === null ? unusedMachine : toMachineForm(kvm.machine),
    network: { mode: docker?.network.mode ?? "host", vhost: kvm?.network.vhost ?? "auto" },
    storage: {
      kind: docker?.storage.kind ?? "volume",
      ...(kvm?.storage ?? { format: "raw", cache: "none", io: "native", ioThread: false }),
    },
  };
}

function toMemoryForm(memory: MemoryPolicy): ConfigurationForm["pinning"]["memory"] {
  return { policy: memory.policy, nodes: "nodes" in memory ? memory.nodes : "" };
}

function toMachineForm(machine: KvmConfiguration["machine"]): ConfigurationForm["machine"] {
  return {
    ...machine,
    vcpus: String(machine.vcpus),
    memoryMiB: String(machine.memoryMiB),
    vcpuPins: machine.vcpuPins?.join(" ") ?? "",
    emulatorPin: machine.emulatorPin ?? "",
  };
}

/** What the schema of configurations is to check; the paths are the same as in the form. */
export function toConfiguration(form: ConfigurationForm): unknown {
  const { id, label, environment, pinning, pages, network, storage } = form;
  const common = {
    id,
    label,
    environment,
    pinning: { ...optionalText("cpus", pinning.cpus), memory: toMemory(pinning.memory) },
    pages: {
      ...(pages.thp === "" ? {} : { thp: pages.thp }),
      ...optionalNumber("hugePages2M", pages.hugePages2M),
    },
  };
  if (environment === "native") return { ...common, network: { mode: "host" }, storage: { kind: "file" } };
  if (environment === "docker")
    return { ...common, network: { mode: network.mode }, storage: { kind: storage.kind } };
  const { kind: _, ...disk } = storage;
  return {
    ...common,
    machine: toMachine(form.machine),
    network: { mode: "bridge", vhost: network.vhost },
    storage: disk,
  };
}

function toMemory({ policy, nodes }: ConfigurationForm["pinning"]["memory"]): unknown {
  return policy === "interleave" || policy === "bind" ? { policy, nodes } : { policy };
}

function toMachine({ vcpuPins, emulatorPin, ...machine }: ConfigurationForm["machine"]): unknown {
  const pins = vcpuPins.split(/\s+/).filter((pin) => pin !== "");
  return {
    ...machine,
    vcpus: toNumber(machine.vcpus),
    memoryMiB: toNumber(machine.memoryMiB),
    ...(pins.length === 0 ? {} : { vcpuPins: pins }),
    ...optionalText("emulatorPin", emulatorPin),
  };
}

/** What a configuration chooses, in a few words; axes that are left as they are stay unsaid. */
export function configurationSummary(form: ConfigurationForm): string {
  const { pinning, pages, machine, network, storage, environment } = form;
  const parts = [
    pinning.cpus === "" ? "all CPUs" : `CPUs ${pinning.cpus}`,
    pinning.memory.policy === "default"
      ? ""
      : `memory ${pinning.memory.policy} ${pinning.memory.nodes}`.trim(),
    pages.thp === "" ? "" : `THP ${pages.thp}`,
    pages.hugePages2M === "" ? "" : `${pages.hugePages2M} huge pages`,
  ];
  if (environment === "docker") parts.push(network.mode === "nat" ? "NAT" : "host network", storage.kind);
  if (environment === "kvm")
    parts.push(
      `${machine.vcpus} vCPUs`,
      `${machine.memoryMiB} MiB`,
      `CPU model ${machine.cpuModel}`,
      machine.vcpuPins === "" ? "" : "pinned",
      `${storage.format} ${storage.cache} ${storage.io}`,
    );
  return parts.filter((part) => part !== "").join(" · ");
}
