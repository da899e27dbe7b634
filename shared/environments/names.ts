// Names and paths of what an environment makes on the SUT. All are made of ids and of Tare's own folders.
import { TareError } from "../model/error.ts";
import { dataFolder, kernelFolder, type EnvironmentContext } from "./environment.ts";

/** Bridge that Tare makes over the data interface where the lab names none. */
export const ownBridge = "tare-br0";

/** Name of a session's container or guest. */
export function sessionName(context: EnvironmentContext): string {
  return `tare-${context.campaignId}-${context.slot}`;
}

/** Image made of the userland: the tag is the userland's hash, so an equal tag is an equal tree. */
export function imageTag(userlandFolder: string): string {
  const hash = userlandFolder.split("/").findLast((part) => part !== "") ?? "none";
  return `tare-userland:${hash}`;
}

/** Root file system inside a userland's folder. */
export function userlandRoot(userlandFolder: string): string {
  return `${userlandFolder}/root`;
}

/**
 * A session's own folder on the SUT, made when it starts and removed when it stops: the test files of native and
 * of Docker volumes, or the guest's disk, so that all of them lie on the same storage.
 */
export function sessionFolder(context: EnvironmentContext): string {
  return `${context.dataFolder}/${sessionName(context)}`;
}

/** Files of a guest in its session's folder. */
export function guestFiles(folder: string, format: "raw" | "qcow2") {
  return {
    disk: `${folder}/disk.${format}`,
    kernel: `${folder}/vmlinuz`,
    initrd: `${folder}/initrd`,
    console: `${folder}/console.log`,
    /** Private key that Tare logs in with; readable by root alone, never leaves the SUT's disk. */
    clientKey: `${folder}/keys/client`,
    /** Public half of the guest's host key. */
    hostKey: `${folder}/keys/host.pub`,
  } as const;
}

/** Where the inside of every environment sees test files and kernels. */
export const inside = { data: dataFolder, kernels: kernelFolder } as const;

/** assets/host/container-run.sh as the userland has it. */
export const containerRun = "/usr/local/lib/tare/run";

/** Scripts of assets/host that the environments run beside those of their changes; their paths go into the context. */
export const environmentScripts = [
  "native-enter.sh",
  "guest-files.sh",
  "guest-log.sh",
  "start-up.sh",
] as const;

/** Path on the SUT of such a script. Throws INTERNAL where the context has none. */
export function scriptPath(context: EnvironmentContext, name: (typeof environmentScripts)[number]): string {
  const path = context.scripts[name];
  if (path === undefined)
    throw new TareError("INTERNAL", `The script ${name} was not copied to the host before it was needed.`);
  return path;
}
