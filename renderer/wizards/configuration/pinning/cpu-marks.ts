// What of a guest runs on each CPU, as the few letters that a cell of the machine map has room for.
import { parseCpuList } from "#shared/facts/cpu-list.ts";
import { vcpusByCpu, type VcpuPins } from "./vcpu-pins.ts";

interface GuestPins {
  readonly guest: boolean;
  readonly pins: VcpuPins;
  readonly usable: readonly number[];
  readonly emulator: string;
  readonly ioThread: string;
}

/** `v3` or, for more than one, `2v`; E for the emulator, I for the I/O thread. */
export function cpuMarks({
  guest,
  pins,
  usable,
  emulator,
  ioThread,
}: GuestPins): ReadonlyMap<number, string> {
  const marks = new Map<number, string>();
  if (!guest) return marks;
  for (const [cpu, vcpus] of vcpusByCpu(pins, usable))
    marks.set(cpu, vcpus.length === 1 ? `v${vcpus[0]}` : `${vcpus.length}v`);
  for (const [letter, text] of [
    ["E", emulator],
    ["I", ioThread],
  ] as const)
    for (const cpu of parseCpuList(text) ?? []) marks.set(cpu, `${marks.get(cpu) ?? ""}${letter}`);
  return marks;
}
