// A block device that is about to be overwritten: the proof that nothing uses it and that it is the one that was meant.
import type { Change } from "../model/change.ts";
import type { Command } from "../model/command.ts";
import type { DeviceStorage } from "../model/configuration.ts";
import { scriptCommand, type Scripts } from "./script.ts";

/** Compiled program that asks the kernel who holds a device, in a folder of kernels. */
function deviceClaim(kernelFolder: string): string {
  return `${kernelFolder}/device-claim`;
}

/** Prints what the device is (`deviceProof` reads it); fails with a sentence where anything uses it. Reads only. */
export function deviceProofCommand(path: string, kernelFolder: string, scripts: Scripts): Command {
  return scriptCommand(scripts, "device.sh", "prove", path, deviceClaim(kernelFolder));
}

/**
 * An act, not a state: what is written to the device afterwards stays there. Both looks refuse a device in use, so
 * nothing is written then; the second also compares the serial number, which a person typed.
 */
export function deviceChange(
  { path, serial }: DeviceStorage,
  kernelFolder: string,
  scripts: Scripts,
): Change {
  return {
    kind: "device",
    target: path,
    title: `Prove that nothing uses ${path} and that its serial number is ${serial}, before it is overwritten`,
    probe: deviceProofCommand(path, kernelFolder, scripts),
    wanted: null,
    apply: [scriptCommand(scripts, "device.sh", "prove", path, deviceClaim(kernelFolder), serial)],
    undo: [],
    lasting: false,
  };
}
