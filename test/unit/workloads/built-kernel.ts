// One of Tare's C programs, compiled as on a host; for some tests with a change of its source.
import { join } from "node:path";
import { kernelCommand, kernelSources } from "#main/workloads/kernels.ts";
import { runOk, runLocally } from "./local.ts";

const script = new URL("../../../assets/host/build-kernels.sh", import.meta.url).pathname;

/** Path of the program, in `folder`. A `change` that finds nothing to replace is an error of the test. */
export async function builtKernel(
  name: string,
  folder: string,
  change?: { readonly replace: string; readonly by: string },
): Promise<string> {
  const kernel = (await kernelSources()).sources.find((source) => source.name === name);
  if (kernel === undefined) throw new Error(`no kernel is called ${name}`);
  if (change !== undefined && !kernel.source.includes(change.replace))
    throw new Error(`${name} does not hold ${change.replace}`);
  const source =
    change === undefined ? kernel.source : kernel.source.replace(change.replace, () => change.by);
  const { argv, stdin } = kernelCommand(script, folder, { ...kernel, source });
  const { status, stderr } = await runLocally(argv, stdin);
  if (status !== 0) throw new Error(`${name} does not compile: ${stderr}`);
  return join(folder, name);
}

/** A C file compiled into a library of its own, with macros defined. */
export async function builtLibrary(
  file: string,
  library: string,
  macros: readonly string[] = [],
): Promise<string> {
  const defined = macros.map((macro) => `-D${macro}`);
  await runOk({ argv: ["gcc", "-O1", "-shared", "-fPIC", ...defined, file, "-o", library, "-lm"] });
  return library;
}
