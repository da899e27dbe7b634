// The virtual machine of a configuration as its fields are typed, and the way to the model and back.
import { z } from "zod";
import type { KvmConfiguration } from "#shared/model/configuration.ts";
import { optionalText, toNumber, words } from "./typed-text.ts";

type Machine = KvmConfiguration["machine"];

/** Fields that came later than the first drafts have a default, so that a stored draft stays readable. */
export const machineFormSchema = z.object({
  accelerator: z.enum(["auto", "kvm", "tcg"]),
  vcpus: z.string(),
  memoryMiB: z.string(),
  cpuModel: z.string(),
  topology: z
    .object({ sockets: z.string(), cores: z.string(), threads: z.string() })
    .default({ sockets: "", cores: "", threads: "" }),
  /** Nodes that the guest sees: `0-7:8192@0 8-15:8192@1`. */
  numaCells: z.string().default(""),
  vcpuPins: z.string(),
  emulatorPin: z.string(),
  ioThreadPin: z.string().default(""),
  hugePages: z.boolean(),
  hugePageKiB: z.enum(["2048", "1048576"]).default("2048"),
  locked: z.boolean().default(false),
});
export type MachineForm = z.infer<typeof machineFormSchema>;

export const unusedMachine: MachineForm = {
  accelerator: "auto",
  vcpus: "2",
  memoryMiB: "2048",
  cpuModel: "default",
  topology: { sockets: "", cores: "", threads: "" },
  numaCells: "",
  vcpuPins: "",
  emulatorPin: "",
  ioThreadPin: "",
  hugePages: false,
  hugePageKiB: "2048",
  locked: false,
};

export function toMachineForm(machine: Machine): MachineForm {
  const { accelerator, cpuModel, topology, hugePages } = machine;
  return {
    accelerator,
    cpuModel,
    hugePages,
    vcpus: String(machine.vcpus),
    memoryMiB: String(machine.memoryMiB),
    topology: {
      sockets: topology?.sockets.toString() ?? "",
      cores: topology?.cores.toString() ?? "",
      threads: topology?.threads.toString() ?? "",
    },
    numaCells: (machine.numaCells ?? []).map(cellText).join(" "),
    vcpuPins: machine.vcpuPins?.join(" ") ?? "",
    emulatorPin: machine.emulatorPin ?? "",
    ioThreadPin: machine.ioThreadPin ?? "",
    hugePageKiB: machine.hugePageKiB === 1_048_576 ? "1048576" : "2048",
    locked: machine.locked ?? false,
  };
}

/** What the schema is to check. A choice that is the model's default is left out. */
export function toMachine(form: MachineForm): unknown {
  const { accelerator, cpuModel, topology, numaCells, vcpuPins, hugePages, hugePageKiB, locked } = form;
  const cells = words(numaCells).map(toCell);
  const pins = words(vcpuPins);
  const shape = Object.values(topology).every((number) => number.trim() === "")
    ? {}
    : {
        topology: {
          sockets: toNumber(topology.sockets),
          cores: toNumber(topology.cores),
          threads: toNumber(topology.threads),
        },
      };
  return {
    accelerator,
    vcpus: toNumber(form.vcpus),
    memoryMiB: toNumber(form.memoryMiB),
    cpuModel: cpuModel.trim(),
    ...shape,
    ...(cells.length === 0 ? {} : { numaCells: cells }),
    ...(pins.length === 0 ? {} : { vcpuPins: pins }),
    ...optionalText("emulatorPin", form.emulatorPin),
    ...optionalText("ioThreadPin", form.ioThreadPin),
    hugePages,
    ...(hugePageKiB === "2048" ? {} : { hugePageKiB: Number(hugePageKiB) }),
    ...(locked ? { locked } : {}),
  };
}

/** `0-7:8192@0`: vCPUs, memory in MiB, nodes of the host where any are given. */
function cellText({ cpus, memoryMiB, hostNodes }: NonNullable<Machine["numaCells"]>[number]): string {
  return `${cpus}:${memoryMiB}${hostNodes === undefined ? "" : `@${hostNodes}`}`;
}

/** What cannot be taken apart stands where a CPU list should: the schema then says what is wrong. */
function toCell(text: string): unknown {
  const [, cpus, memoryMiB, hostNodes] = /^([^:@]+):([^:@]+)(?:@([^:@]+))?$/.exec(text) ?? [];
  if (cpus === undefined || memoryMiB === undefined) return { cpus: text, memoryMiB: text };
  return { cpus, memoryMiB: toNumber(memoryMiB), ...(hostNodes === undefined ? {} : { hostNodes }) };
}
