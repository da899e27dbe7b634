// The programs that Tare may run as root on a host, and what for. What is not listed is refused before it is sent.
import type { Command } from "./command.ts";

interface RootProgram {
  readonly program: string;
  readonly purpose: string;
}

const rootPrograms: readonly RootProgram[] = [
  { program: "sh", purpose: "Tare's own scripts, copied to the host and checked by hash" },
  { program: "true", purpose: "seeing whether root is granted" },
  { program: "cat", purpose: "reading files and counters of the kernel" },
  { program: "chroot", purpose: "entering the userland" },
  { program: "docker", purpose: "images and containers" },
  { program: "virsh", purpose: "guests" },
  { program: "qemu-img", purpose: "disks of guests" },
  { program: "ip", purpose: "addresses and bridges" },
  { program: "ethtool", purpose: "facts of network interfaces" },
  { program: "sysctl", purpose: "kernel parameters" },
  { program: "dmidecode", purpose: "facts of the machine" },
  { program: "mkdir", purpose: "folders below /var/lib/tare" },
  { program: "rm", purpose: "removing what lies below /var/lib/tare" },
];

const ownFolder = "/var/lib/tare";

/**
 * Why a command must not run as root, as a sentence; null where it may.
 * `scripts` is the folder of Tare's scripts on that host; null in a preview, where paths are not known.
 */
export function rootRefusal(command: Command, scripts: string | null): string | null {
  const [program = "", first = "", ...others] = command.argv;
  if (!rootPrograms.some((each) => each.program === program))
    return `${program} is not among the programs that Tare runs as root.`;
  if (program === "sh" && !isOwnScript(first, scripts))
    return `As root, sh runs only Tare's own scripts; ${first} is not one.`;
  // It runs the command after its `--`, which has to be one that may run by itself.
  if (program === "sh" && first.endsWith("/start-up.sh"))
    return rootRefusal({ argv: others.slice(others.indexOf("--") + 1) }, scripts);
  if (program === "rm" || program === "mkdir") {
    const wrong = [first, ...others].find((argument) => !argument.startsWith("-") && !isOwnPath(argument));
    if (wrong !== undefined) return `As root, ${program} works only below ${ownFolder}; ${wrong} is not.`;
  }
  return null;
}

function isOwnScript(path: string, scripts: string | null): boolean {
  if (!/^\/.*\/[a-z0-9-]+\.sh$/.test(path) || path.split("/").includes("..")) return false;
  return scripts === null || path.slice(0, path.lastIndexOf("/")) === scripts;
}

function isOwnPath(path: string): boolean {
  return (path === ownFolder || path.startsWith(`${ownFolder}/`)) && !path.split("/").includes("..");
}
