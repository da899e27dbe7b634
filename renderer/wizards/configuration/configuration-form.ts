// One configuration as its fields are typed, and the way to a Configuration and back.
import { z } from "zod";
import {
  configurationSchema,
  environmentNameSchema,
  type Configuration,
  type DeviceStorage,
  type MemoryPolicy,
} from "#shared/model/configuration.ts";
import { serialLeftOut } from "#shared/plan/configuration-file.ts";
import { machineFormSchema, toMachine, toMachineForm, unusedMachine } from "./machine-form.ts";
import { optionalNumber, optionalText, toNumber } from "./typed-text.ts";

const noDevice = { path: "", serial: "" };

/**
 * Every field of every environment; those that an environment does not have are kept but not used. Fields that came
 * later than the first drafts have a default, so that a stored draft stays readable.
 */
export const configurationFormSchema = z.object({
  id: z.string(),
  label: z.string(),
  environment: environmentNameSchema,
  /** Workloads that it is not measured with. */
  without: z.array(z.string()).default([]),
  /** The configuration that it started from, unchanged; the wizard shows what differs. */
  origin: configurationSchema.optional(),
  pinning: z.object({
    cpus: z.string(),
    memory: z.object({ policy: z.enum(["default", "local", "interleave", "bind"]), nodes: z.string() }),
    nicIrqs: z.string().default(""),
  }),
  pages: z.object({
    thp: z.enum(["", "always", "madvise", "never"]),
    thpDefrag: z.enum(["", "always", "defer", "defer+madvise", "madvise", "never"]).default(""),
    hugePages2M: z.string(),
    hugePages1G: z.string().default(""),
    hugePagesNode: z.string().default(""),
    /** Reservations of single nodes; a node without any number is left out. */
    perNode: z
      .array(z.object({ node: z.string(), hugePages2M: z.string(), hugePages1G: z.string() }))
      .default([]),
  }),
  machine: machineFormSchema,
  network: z.object({
    mode: z.enum(["host", "nat", "macvlan", "bridge", "direct", "user"]),
    userlandProxy: z.enum(["", "on", "off"]).default(""),
    vhost: z.enum(["auto", "on", "off"]),
  }),
  storage: z.object({
    kind: z.enum(["file", "volume", "layer", "device"]),
    format: z.enum(["raw", "qcow2"]),
    cache: z.enum(["none", "writeback", "writethrough", "directsync", "unsafe"]),
    io: z.enum(["native", "threads", "io_uring"]),
    ioThread: z.boolean(),
    device: z.object({ path: z.string(), serial: z.string() }).default(noDevice),
  }),
});
export type ConfigurationForm = z.infer<typeof configurationFormSchema>;

const unusedDisk = { format: "raw", cache: "none", io: "native", ioThread: false } as const;

export function toConfigurationForm(configuration: Configuration): ConfigurationForm {
  const { id, label, environment, pinning, pages, network, storage } = configuration;
  const kvm = configuration.environment === "kvm" ? configuration : null;
  const { device: _, ...disk } = kvm?.storage ?? { ...unusedDisk, device: undefined };
  return {
    id,
    label,
    environment,
    without: [],
    origin: configuration,
    pinning: {
      cpus: pinning.cpus ?? "",
      memory: toMemoryForm(pinning.memory),
      nicIrqs: pinning.nicIrqs ?? "",
    },
    pages: {
      thp: pages.thp ?? "",
      thpDefrag: pages.thpDefrag ?? "",
      hugePages2M: pages.hugePages2M?.toString() ?? "",
      hugePages1G: pages.hugePages1G?.toString() ?? "",
      hugePagesNode: pages.hugePagesNode?.toString() ?? "",
      perNode: (pages.perNode ?? []).map(({ node, hugePages2M, hugePages1G }) => ({
        node: String(node),
        hugePages2M: hugePages2M?.toString() ?? "",
        hugePages1G: hugePages1G?.toString() ?? "",
      })),
    },
    machine: kvm === null ? unusedMachine : toMachineForm(kvm.machine),
    network: {
      mode: network.mode,
      userlandProxy: network.mode === "nat" ? proxyText(network.userlandProxy) : "",
      vhost: kvm?.network.vhost ?? "auto",
    },
    storage: { kind: "kind" in storage ? storage.kind : "file", ...disk, device: deviceOf(storage) },
  };
}

function toMemoryForm(memory: MemoryPolicy): ConfigurationForm["pinning"]["memory"] {
  return { policy: memory.policy, nodes: "nodes" in memory ? memory.nodes : "" };
}

function proxyText(proxy: boolean | undefined): ConfigurationForm["network"]["userlandProxy"] {
  if (proxy === undefined) return "";
  return proxy ? "on" : "off";
}

function deviceOf(storage: Configuration["storage"]): DeviceStorage {
  if (!("device" in storage) || storage.device === undefined) return noDevice;
  const { path, serial } = storage.device;
  // What confirms that a device may be overwritten is typed, never loaded from a file.
  return { path, serial: serial === serialLeftOut ? "" : serial };
}

/** What the schema of configurations is to check; the paths are the same as in the form. */
export function toConfiguration(form: ConfigurationForm): unknown {
  const { id, label, environment, pinning, pages } = form;
  return {
    id,
    label,
    environment,
    pinning: {
      ...optionalText("cpus", pinning.cpus),
      memory: toMemory(pinning.memory),
      ...optionalText("nicIrqs", pinning.nicIrqs),
    },
    pages: {
      ...(pages.thp === "" ? {} : { thp: pages.thp }),
      ...(pages.thpDefrag === "" ? {} : { thpDefrag: pages.thpDefrag }),
      ...optionalNumber("hugePages2M", pages.hugePages2M),
      ...optionalNumber("hugePages1G", pages.hugePages1G),
      ...optionalNumber("hugePagesNode", pages.hugePagesNode),
      ...perNode(pages.perNode),
    },
    ...ownAxes(form),
  };
}

function perNode(rows: ConfigurationForm["pages"]["perNode"]): object {
  const given = rows
    .filter(({ hugePages2M, hugePages1G }) => `${hugePages2M}${hugePages1G}`.trim() !== "")
    .map((row) => ({
      node: toNumber(row.node),
      ...optionalNumber("hugePages2M", row.hugePages2M),
      ...optionalNumber("hugePages1G", row.hugePages1G),
    }));
  return given.length === 0 ? {} : { perNode: given };
}

function toMemory({ policy, nodes }: ConfigurationForm["pinning"]["memory"]): unknown {
  return policy === "interleave" || policy === "bind" ? { policy, nodes } : { policy };
}

function ownAxes({ environment, machine, network, storage }: ConfigurationForm): object {
  const { kind, device, ...disk } = storage;
  const typed = { path: device.path.trim(), serial: device.serial.trim() };
  switch (environment) {
    case "native":
      return {
        network: { mode: "host" },
        storage: kind === "device" ? { kind, device: typed } : { kind: "file" },
      };
    case "docker":
      return {
        network: {
          mode: network.mode,
          ...(network.mode === "nat" && network.userlandProxy !== ""
            ? { userlandProxy: network.userlandProxy === "on" }
            : {}),
        },
        storage: kind === "device" ? { kind, device: typed } : { kind },
      };
    case "kvm":
      return {
        machine: toMachine(machine),
        network: {
          // Drafts that are older than the choice have another environment's mode here.
          mode: network.mode === "direct" || network.mode === "user" ? network.mode : "bridge",
          vhost: network.vhost,
        },
        storage: { ...disk, ...(typed.path === "" ? {} : { device: typed }) },
      };
  }
}

/** What a configuration chooses, in a few words; axes that are left as they are stay unsaid. */
export function configurationSummary(form: ConfigurationForm): string {
  const { pinning, pages, environment, storage } = form;
  return [
    pinning.cpus === "" ? "all CPUs" : `CPUs ${pinning.cpus}`,
    pinning.memory.policy === "default"
      ? ""
      : `memory ${pinning.memory.policy} ${pinning.memory.nodes}`.trim(),
    pages.thp === "" ? "" : `THP ${pages.thp}`,
    pages.hugePages2M === "" ? "" : `${pages.hugePages2M} pages of 2 MiB`,
    pages.hugePages1G === "" ? "" : `${pages.hugePages1G} pages of 1 GiB`,
    pages.perNode.length === 0
      ? ""
      : `huge pages on ${pages.perNode.length === 1 ? "node" : "nodes"} ${pages.perNode.map(({ node }) => node).join(", ")}`,
    ...(environment === "docker" ? containerWords(form) : []),
    ...(environment === "kvm" ? guestWords(form) : []),
    storage.device.path !== "" && (environment === "kvm" || storage.kind === "device")
      ? storage.device.path
      : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

const modeWords = {
  host: "host network",
  nat: "NAT",
  macvlan: "macvlan",
  bridge: "",
  direct: "macvtap",
  user: "user-mode network",
} as const;

function containerWords({ network, storage }: ConfigurationForm): readonly string[] {
  const proxy = network.userlandProxy === "" ? "" : ` with userland proxy ${network.userlandProxy}`;
  return [`${modeWords[network.mode]}${network.mode === "nat" ? proxy : ""}`, storage.kind];
}

function guestWords({ machine, network, storage }: ConfigurationForm): readonly string[] {
  const { sockets, cores, threads } = machine.topology;
  const pages = machine.hugePageKiB === "1048576" ? "1 GiB" : "2 MiB";
  return [
    `${machine.vcpus} vCPUs${sockets === "" ? "" : ` (${sockets} × ${cores} × ${threads})`}`,
    `${machine.memoryMiB} MiB${machine.hugePages ? ` in pages of ${pages}` : ""}${machine.locked ? ", locked" : ""}`,
    `CPU model ${machine.cpuModel}`,
    machine.numaCells === "" ? "" : "NUMA nodes",
    machine.vcpuPins === "" ? "" : "pinned",
    network.vhost === "auto"
      ? modeWords[network.mode]
      : `${modeWords[network.mode]} vhost ${network.vhost}`.trim(),
    `${storage.format} ${storage.cache} ${storage.io}${storage.ioThread ? ", I/O thread" : ""}`,
  ];
}
