// What the map can choose CPUs for: each is one text field of the form.

export type PinTarget = "cpus" | "nicIrqs" | "vcpus" | "emulator" | "ioThread";

interface TargetField {
  /** Path inside the configuration. */
  readonly field:
    | "pinning.cpus"
    | "pinning.nicIrqs"
    | "machine.vcpuPins"
    | "machine.emulatorPin"
    | "machine.ioThreadPin";
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  /** What is chosen on the map, as a whole name. */
  readonly map: string;
  /** What an empty field means. */
  readonly empty: string;
  readonly guest: boolean;
}

export const pinTargets: Readonly<Record<PinTarget, TargetField>> = {
  cpus: {
    field: "pinning.cpus",
    label: "CPUs",
    description: "Empty: all",
    placeholder: "0-7,16-23",
    map: "CPUs of the configuration",
    empty: "all CPUs, not pinned",
    guest: false,
  },
  vcpus: {
    field: "machine.vcpuPins",
    label: "vCPU pins",
    description: "Lists, by spaces",
    placeholder: "0 1 2-3",
    map: "CPUs of the vCPU",
    empty: "on any of the CPUs",
    guest: true,
  },
  emulator: {
    field: "machine.emulatorPin",
    label: "Emulator pin",
    description: "Empty: not pinned",
    placeholder: "0",
    map: "CPUs of the emulator",
    empty: "not pinned",
    guest: true,
  },
  ioThread: {
    field: "machine.ioThreadPin",
    label: "I/O thread pin",
    description: "Empty: emulator's",
    placeholder: "1",
    map: "CPUs of the I/O thread",
    empty: "where the emulator is",
    guest: true,
  },
  nicIrqs: {
    field: "pinning.nicIrqs",
    label: "NIC interrupts",
    description: "Empty: as is",
    placeholder: "1",
    map: "CPUs for the interrupts of the data interface",
    empty: "as the host has them",
    guest: false,
  },
};

export function targetsFor(guest: boolean): readonly PinTarget[] {
  return (Object.keys(pinTargets) as PinTarget[]).filter((target) => guest || !pinTargets[target].guest);
}

/** The target whose field an address leads to, `configurations.2.machine.emulatorPin`; null for another field. */
export function targetOfField(field: string | null): PinTarget | null {
  const own = field?.replace(/^configurations\.\d+\./, "") ?? "";
  const found = (Object.keys(pinTargets) as PinTarget[]).find(
    (target) => own === pinTargets[target].field || own.startsWith(`${pinTargets[target].field}.`),
  );
  return found ?? null;
}
