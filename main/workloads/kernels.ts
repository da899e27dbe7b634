// Tare's own programs inside environments: C, compiled by each host's gcc, and shell scripts, stored as they are; in a folder
// named by a hash of sources and flags.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { assetPath } from "#main/installation.ts";
import type { CommandResult, RemoteMachine } from "#main/hosts/machine.ts";
import { hostFolder } from "#shared/environments/environment.ts";
import type { Command } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";

interface Kernel {
  /** Name of the program; a script's ends in `.sh`, and its source is itself. */
  readonly name: string;
  readonly flags: readonly string[];
}

export interface KernelSource extends Kernel {
  readonly source: string;
}

// No -march: the binary must run in a guest that shows fewer CPU flags, and be the same in every environment.
// Loops stay loops: gcc would make COPY a call of memcpy, which chooses its code by the CPU flags it sees.
const kernels: readonly Kernel[] = [
  {
    name: "stream",
    flags: ["-std=c11", "-O3", "-fno-tree-loop-distribute-patterns", "-fopenmp", "-static", "-lm"],
  },
  // Opens LAPACK when it runs, which a static glibc cannot do by itself; the userland is of the release that compiled it.
  { name: "linpack", flags: ["-std=c11", "-O2", "-pthread", "-ldl", "-lm"] },
  // Static, so that the OpenMP runtime, which the paper's variant measures too, is the same in every environment.
  { name: "randomaccess", flags: ["-std=c11", "-O3", "-fopenmp", "-static"] },
  // Runs only on the system under test itself, before a block device is overwritten.
  { name: "device-claim", flags: ["-std=c11", "-O2"] },
  // Runs only on the system under test itself, while a lab is tried.
  { name: "port-listener", flags: ["-std=c11", "-O2"] },
  // Start-up times: what answers is a program's whole start, so it is small and loads no library.
  { name: "answer", flags: ["-std=c11", "-Os", "-static", "-s"] },
  { name: "first-answer", flags: ["-std=c11", "-Os", "-static", "-s"] },
  // Runs only on the load generator, where it was built; it looks up names, which a static glibc cannot do by itself.
  { name: "redis-load", flags: ["-std=c11", "-O3"] },
  { name: "mysql-server.sh", flags: [] },
];

/** The sources, and the folder on every host that the programs made of them are in. */
export async function kernelSources(): Promise<{ folder: string; sources: readonly KernelSource[] }> {
  const sources = await Promise.all(
    kernels.map(async ({ name, flags }) => ({
      name,
      flags,
      source: await sourceOf(name.endsWith(".sh") ? name : `${name}.c`),
    })),
  );
  const hash = createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 16);
  return { folder: `${hostFolder}/kernels/${hash}`, sources };
}

/** A source with its own headers in their places: one file goes to the host. gcc's messages name the lines as they stand here. */
async function sourceOf(file: string): Promise<string> {
  const text = await readFile(assetPath("kernels", file), "utf8");
  const lines = text.split("\n").map(async (line, index) => {
    const header = /^#include "([a-z-]+\.h)"$/.exec(line)?.[1];
    if (header === undefined) return line;
    return `#line 1 "${header}"\n${await sourceOf(header)}#line ${index + 2} "${file}"`;
  });
  return (await Promise.all(lines)).join("\n");
}

/** Compiles (or stores) one kernel into a folder, or finds it there; `script` is build-kernels.sh on that machine. */
export function kernelCommand(
  script: string,
  folder: string,
  { name, flags, source }: KernelSource,
): Command {
  return { argv: ["sh", script, folder, name, ...flags], stdin: source, root: true };
}

/**
 * Builds all kernels on a machine (or `only` some), or finds them built, and returns the folder that holds them.
 * Throws TareError TOOL_MISSING where gcc or its headers are missing, TOOL_FAILED where it fails.
 */
export async function ensureKernels(
  machine: RemoteMachine,
  { signal, only }: { signal: AbortSignal; only?: readonly string[] },
): Promise<{ folder: string }> {
  const { folder, sources } = await kernelSources();
  const script = await machine.script("build-kernels.sh", signal);
  for (const source of sources) {
    if (only !== undefined && !only.includes(source.name)) continue;
    const command = kernelCommand(script, folder, source);
    const result = await machine.run(command, { signal, timeLimitSeconds: 120 });
    if (result.status !== 0) throw buildError(machine.name, source.name, result);
  }
  return { folder };
}

function buildError(host: string, kernel: string, { status, stdout, stderr }: CommandResult): TareError {
  const detail = `${stdout}${stderr}`.trim().split("\n").slice(-20).join("\n");
  if (status === 3)
    return new TareError(
      "TOOL_MISSING",
      `Tare compiles its kernels on ${host}, and there ${stderr.trim()}. Install the packages gcc and libc6-dev (Debian, Ubuntu) or gcc, glibc-devel and glibc-static (Fedora, RHEL).`,
      { host, detail },
    );
  return new TareError("TOOL_FAILED", `gcc could not compile ${kernel} on ${host} (status ${status}).`, {
    host,
    detail,
  });
}
