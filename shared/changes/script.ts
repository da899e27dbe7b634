// How a change addresses the scripts of assets/host: by the path they have on the host.
import type { Command } from "../model/command.ts";
import { TareError } from "../model/error.ts";

/** Paths on the host of the scripts of assets/host, by name. */
export type Scripts = Readonly<Record<string, string>>;

/** Every script that a change runs; `machine.script(name)` gives each its path. */
export const changeScripts = [
  "settings.sh",
  "made-file.sh",
  "docker.sh",
  "docker-daemon.sh",
  "guest.sh",
  "network.sh",
  "device.sh",
] as const;
export type ChangeScript = (typeof changeScripts)[number];

/** What a probe prints for an object (file, container, guest, bridge…) that does not exist. */
export const absent = "absent";
/** What it prints, or begins with, for one that does. */
export const present = "present";

/** `sh <path> <arguments>` as root. Throws INTERNAL where the script has no path on the host. */
export function scriptCommand(scripts: Scripts, name: ChangeScript, ...parameters: string[]): Command {
  const path = scripts[name];
  if (path === undefined)
    throw new TareError("INTERNAL", `The script ${name} was not copied to the host before it was needed.`);
  return { argv: ["sh", path, ...parameters], root: true };
}

/** Throws INPUT_INVALID where `name` does not say that Tare made the thing. */
export function requireOwnName(name: string): void {
  if (!/^tare-[a-zA-Z0-9][a-zA-Z0-9_.:-]*$/.test(name))
    throw new TareError(
      "INPUT_INVALID",
      `"${name}" must start with "tare-", as all that Tare makes on a host.`,
    );
}
