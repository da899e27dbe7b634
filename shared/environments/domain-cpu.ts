// The processor and memory part of a domain: model, topology, guest NUMA, pins, policy and backing of memory.
import type { KvmConfiguration } from "../model/configuration.ts";
import { element, type XmlElement } from "./xml.ts";

type Machine = KvmConfiguration["machine"];

/** Size of the guest's huge pages. */
export function hugePageKiB({ hugePageKiB: size }: Machine): 2048 | 1_048_576 {
  return size ?? 2048;
}

/** Huge pages, for every cell where the guest has some, and locked memory. Null where neither is asked for. */
export function memoryBacking(machine: Machine): XmlElement | null {
  const { hugePages, locked, numaCells = [] } = machine;
  if (!hugePages && locked !== true) return null;
  const nodeset: Record<string, string> = numaCells.length === 0 ? {} : { nodeset: listOf(numaCells.length) };
  const page = element("page", { size: hugePageKiB(machine), unit: "KiB", ...nodeset });
  return element("memoryBacking", {}, [
    ...(hugePages ? [element("hugepages", {}, [page]), element("nosharepages")] : []),
    locked === true ? element("locked") : null,
  ]);
}

/** Pins of vCPUs, emulator and I/O thread; null where nothing is pinned one by one. */
export function tuning({ machine, storage, pinning }: KvmConfiguration): XmlElement | null {
  const helpers = machine.ioThreadPin ?? machine.emulatorPin ?? pinning.cpus;
  const pins = [
    ...(machine.vcpuPins ?? []).map((cpus, vcpu) => element("vcpupin", { vcpu, cpuset: cpus })),
    machine.emulatorPin === undefined ? null : element("emulatorpin", { cpuset: machine.emulatorPin }),
    storage.ioThread && helpers !== undefined
      ? element("iothreadpin", { iothread: 1, cpuset: helpers })
      : null,
  ].filter((pin) => pin !== null);
  return pins.length === 0 ? null : element("cputune", {}, pins);
}

/** Where the guest's memory comes from: the whole of it, and of each cell that names nodes of the host. */
export function numatune({ machine, pinning }: KvmConfiguration): XmlElement | null {
  const { memory } = pinning;
  const whole =
    // "default" and "local" are what the kernel does for a process that asks for nothing.
    memory.policy === "bind" || memory.policy === "interleave"
      ? [
          element("memory", {
            mode: memory.policy === "bind" ? "strict" : "interleave",
            nodeset: memory.nodes,
          }),
        ]
      : [];
  const cells = (machine.numaCells ?? []).flatMap(({ hostNodes }, cellid) =>
    hostNodes === undefined ? [] : [element("memnode", { cellid, mode: "strict", nodeset: hostNodes })],
  );
  const all = [...whole, ...cells];
  return all.length === 0 ? null : element("numatune", {}, all);
}

/** Null for libvirt's default model without a topology and cells of the configuration's own: then the guest is the untuned one. */
export function cpuElement(machine: Machine, accelerator: "kvm" | "tcg"): XmlElement | null {
  const { cpuModel, topology, numaCells = [] } = machine;
  // The emulator's own default model lacks instructions that today's builds take for granted.
  const model = accelerator === "tcg" ? "maximum" : cpuModel;
  if (model === "default" && topology === undefined && numaCells.length === 0) return null;
  return element("cpu", modeOf(model), [
    isMode(model) ? null : element("model", { fallback: "forbid" }, model),
    // libvirt's default with cells alone keeps the topology that libvirt gives it, too.
    model === "default" && topology === undefined
      ? null
      : element("topology", topology ?? { sockets: 1, cores: machine.vcpus, threads: 1 }),
    numaCells.length === 0 ? null : element("numa", {}, numaCells.map(cellElement)),
  ]);
}

function cellElement({ cpus, memoryMiB }: NonNullable<Machine["numaCells"]>[number], id: number): XmlElement {
  return element("cell", { id, cpus, memory: memoryMiB, unit: "MiB" });
}

const modes: ReadonlySet<string> = new Set(["default", "maximum", "host-model", "host-passthrough"]);

function isMode(model: string): boolean {
  return modes.has(model);
}

function modeOf(model: string): Record<string, string> {
  if (model === "default") return {};
  // What the host lacks of a named model must end the start, not be left out in silence.
  return isMode(model) ? { mode: model } : { mode: "custom", match: "exact", check: "partial" };
}

/** `0-N` of so many numbers. */
function listOf(count: number): string {
  return count === 1 ? "0" : `0-${count - 1}`;
}
