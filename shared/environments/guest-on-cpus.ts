// A guest laid out on given CPUs of the host: a vCPU on each, siblings as threads of one core, helpers on CPUs left over.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { guestCells, guestLayout, leftOver, mostVcpus } from "./fit-guest.ts";

type Machine = KvmConfiguration["machine"];

/**
 * Whatever the machine had before of vCPUs, topology, cells and pins is replaced; memory stays. Cells where the CPUs are
 * on several nodes and memory is not interleaved over them; emulator and I/O thread not pinned where no CPU is left.
 */
export function guestOnCpus(configuration: KvmConfiguration, cpus: readonly number[], facts: Facts): Machine {
  const { order, nodes, shape } = guestLayout(cpus.slice(0, mostVcpus), facts);
  const [emulator, ioThread = emulator] = leftOver(order, facts);
  const sized = { ...unpinnedGuest(configuration.machine), vcpus: Math.max(order.length, 1) };
  const interleaved = configuration.pinning.memory.policy === "interleave";
  const cells = interleaved ? [] : guestCells(nodes, sized);
  return {
    ...sized,
    topology: shape,
    vcpuPins: order.map(String),
    ...(cells.length < 2 ? {} : { numaCells: cells }),
    ...(emulator === undefined ? {} : { emulatorPin: String(emulator) }),
    ...(ioThread === undefined || !configuration.storage.ioThread ? {} : { ioThreadPin: String(ioThread) }),
  };
}

/** The guest as libvirt places and shows it by itself: no pins, no topology, one node. */
export function unpinnedGuest({
  topology: _topology,
  numaCells: _cells,
  vcpuPins: _pins,
  emulatorPin: _emulator,
  ioThreadPin: _ioThread,
  ...machine
}: Machine): Machine {
  return machine;
}
