// Asks a lab's SUT whether a block device may be overwritten, before a campaign is planned with it.
import type { Core } from "../core.ts";
import { ensureKernels } from "../workloads/kernels.ts";
import type { RemoteMachine } from "./machine.ts";
import { deviceProofCommand } from "#shared/changes/device.ts";
import { deviceProof, type DeviceProof } from "#shared/model/device-proof.ts";

/** Connects, and looks with `proveDevice`. */
export async function proveLabDevice(
  core: Core,
  { labId, path }: { readonly labId: string; readonly path: string },
  signal: AbortSignal,
): Promise<DeviceProof> {
  const machine = await core.connect(await core.labs.get(labId), "sut", signal);
  try {
    return await proveDevice(machine, path, signal);
  } finally {
    await machine.close();
  }
}

/**
 * The same look that comes before each session. Nothing is written to the device; on the host only the small program
 * that asks the kernel is compiled, once. A device in use is a result, not an error.
 */
export async function proveDevice(
  machine: RemoteMachine,
  path: string,
  signal: AbortSignal,
): Promise<DeviceProof> {
  const { folder } = await ensureKernels(machine, { signal, only: ["device-claim"] });
  const scripts = { "device.sh": await machine.script("device.sh", signal) };
  const command = deviceProofCommand(path, folder, scripts);
  return deviceProof(path, await machine.run(command, { signal, idempotent: true }));
}
