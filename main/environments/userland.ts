// The root file system that all environments share: built on the SUT once, cached there by its recipe.
import { createHash } from "node:crypto";
import { hostFolder } from "#shared/environments/environment.ts";
import { userlandRoot } from "#shared/environments/names.ts";
import {
  choosePackages,
  extraComponent,
  guestKernelPackage,
  optionalPackages,
  parseRelease,
  userlandPackages,
  userlandScripts,
  type Release,
} from "#shared/environments/userland-recipe.ts";
import type { Command } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { runJob } from "./run-job.ts";
import { stageOf } from "./userland-progress.ts";

export interface Userland {
  /** Folder on the SUT: `root`, `guest` and, where dpkg is there, `packages.txt`. */
  readonly folder: string;
  readonly hash: string;
  /** `Debian GNU/Linux 12 (bookworm)`. */
  readonly release: string;
  readonly root: string;
  /** Optional packages that the SUT's package sources do not offer, so that they are not in it. */
  readonly missing: readonly string[];
}

export interface UserlandOptions {
  readonly signal: AbortSignal;
  /** What goes on, and the share that is done where it is known. */
  readonly onProgress: (text: string, share: number | null) => void;
  /** A userland that was used before and is taken again where it is still there: its packages may not be offered any more. */
  readonly earlier?: string;
}

type ScriptPaths = Readonly<Record<(typeof userlandScripts)[number], string>>;

const buildLimitSeconds = 3600;

/**
 * Finds or makes the userland. The work is a job on the SUT: a lost link does not end it, and the next call goes on
 * watching it. Throws TOOL_MISSING, DISK_FULL, NOT_FOUND (no such archive), UNSUPPORTED, TOOL_FAILED, TIME_LIMIT.
 */
export async function ensureUserland(
  sut: RemoteMachine,
  userland: Lab["userland"],
  options: UserlandOptions,
): Promise<Userland> {
  const { signal, onProgress } = options;
  onProgress("Looking for the userland", null);
  const earlier = /\/([0-9a-f]+)$/.exec(options.earlier ?? "")?.[1];
  if (earlier !== undefined && (await isThere(sut, earlier, signal))) return found(sut, earlier, [], signal);
  const scripts = await scriptPaths(sut, signal);
  const recipe =
    userland.kind === "archive"
      ? await archiveRecipe(sut, userland.path, scripts, signal)
      : await buildRecipe(sut, scripts, options);
  const { hash, missing } = recipe;
  const folder = folderOf(hash);
  if (recipe.command !== null && !(await isThere(sut, hash, signal)))
    await make(sut, hash, recipe.command(folder), options);
  return found(sut, hash, missing, signal);
}

async function found(
  sut: RemoteMachine,
  hash: string,
  missing: readonly string[],
  signal: AbortSignal,
): Promise<Userland> {
  const folder = folderOf(hash);
  const release = parseRelease(await output(sut, releaseFile(hash), signal));
  return { folder, hash, release: release.title, root: userlandRoot(folder), missing };
}

function folderOf(hash: string): string {
  return `${hostFolder}/userland/${hash}`;
}

function releaseFile(hash: string): Command {
  return { argv: ["cat", "--", `${userlandRoot(folderOf(hash))}/etc/os-release`], root: true };
}

/** The folder appears when it is complete, so a file of it tells. */
async function isThere(sut: RemoteMachine, hash: string, signal: AbortSignal): Promise<boolean> {
  return (await sut.run(releaseFile(hash), { signal })).status === 0;
}

/** All of them are needed on the host, though it runs two: these find the others beside them. */
async function scriptPaths(sut: RemoteMachine, signal: AbortSignal): Promise<ScriptPaths> {
  const paths: Partial<Record<keyof ScriptPaths, string>> = {};
  for (const name of userlandScripts) paths[name] = await sut.script(name, signal);
  return paths as ScriptPaths;
}

interface Recipe {
  readonly hash: string;
  /** Null where it was found made. */
  readonly command: ((folder: string) => Command) | null;
  readonly missing: readonly string[];
}

/**
 * The recipe with all packages where that userland is there already; else with those that the SUT's sources offer, which
 * takes some seconds to ask. A userland that lacks one has another hash, and is left for the whole one as soon as that can be made.
 */
async function buildRecipe(
  sut: RemoteMachine,
  scripts: ScriptPaths,
  { signal, onProgress }: UserlandOptions,
): Promise<Recipe> {
  const release = parseRelease(await output(sut, { argv: ["cat", "/etc/os-release"] }, signal));
  const architecture = await debianArchitecture(sut, release, signal);
  const kernel = guestKernelPackage(release.id, architecture) ?? "";
  const extra = extraComponent(release.id);
  const sums = await scriptSums(sut, scripts, signal);
  // Which of an optional package's names is taken, and from which component, follows from the release.
  const fixed = [release.id, release.codename, architecture, kernel, ...userlandPackages, ...sums];
  const hashWithout = (missing: readonly string[]) => hashOf([...fixed, optionalPackages, extra, missing]);
  const whole = hashWithout([]);
  if (await isThere(sut, whole, signal)) return { hash: whole, missing: [], command: null };
  onProgress("Asking the package sources of the system under test what they offer", null);
  const argv = [
    "sh",
    scripts["apt-sources.sh"],
    "offered",
    release.codename,
    extra,
    ...optionalPackages.flat(2),
  ];
  // Sources that cannot be reached offer nothing: the build says so, or an earlier userland is there.
  const { stdout } = await sut.run({ argv, root: true }, { signal, timeLimitSeconds: 300 });
  const { packages, component, missing } = choosePackages(stdout);
  return {
    hash: hashWithout(missing),
    missing,
    command: (folder) => ({
      argv: [
        "sh",
        scripts["userland-build.sh"],
        folder,
        release.codename,
        packages.join(","),
        kernel,
        component,
      ],
      root: true,
    }),
  };
}

async function archiveRecipe(
  sut: RemoteMachine,
  path: string,
  scripts: ScriptPaths,
  signal: AbortSignal,
): Promise<Recipe> {
  const look: Command = { argv: ["sh", scripts["userland-unpack.sh"], "sum", path], root: true };
  // Reading a large archive may take minutes.
  const looked = await sut.run(look, { signal, timeLimitSeconds: 1800 });
  if (looked.status !== 0)
    throw new TareError("NOT_FOUND", `The userland archive ${path} cannot be read on ${sut.name}.`, {
      host: sut.name,
      detail: looked.stderr,
    });
  const sum = looked.stdout.trim();
  return {
    missing: [],
    hash: hashOf(["archive", sum, ...(await scriptSums(sut, scripts, signal))]),
    command: (folder) => ({
      argv: ["sh", scripts["userland-unpack.sh"], folder, path, sum],
      root: true,
    }),
  };
}

/** Debian's name of the architecture. Throws TOOL_MISSING where no userland can be built. */
async function debianArchitecture(
  sut: RemoteMachine,
  release: Release,
  signal: AbortSignal,
): Promise<string> {
  const dpkg = await sut.run({ argv: ["dpkg", "--print-architecture"] }, { signal });
  const goOn =
    "or make a tar archive of a root file system with the tools in it, put it on that machine, and name its path as the userland in the lab";
  if (dpkg.status !== 0 || release.codename === "")
    throw new TareError(
      "TOOL_MISSING",
      `${sut.name} runs ${release.title}; Tare builds its userland on Debian and Ubuntu only. Use such a system, ${goOn}.`,
      { host: sut.name },
    );
  const mmdebstrap = await sut.run({ argv: ["mmdebstrap", "--version"] }, { signal });
  if (mmdebstrap.status !== 0)
    throw new TareError(
      "TOOL_MISSING",
      `mmdebstrap is not installed on ${sut.name}. Install it there (apt-get install mmdebstrap), ${goOn}.`,
      { host: sut.name },
    );
  return dpkg.stdout.trim();
}

async function make(
  sut: RemoteMachine,
  hash: string,
  command: Command,
  { signal, onProgress }: UserlandOptions,
): Promise<void> {
  onProgress("Making the userland", 0);
  const { end, lastLines } = await runJob(sut, `userland/${hash}`, command, {
    signal,
    timeLimitSeconds: buildLimitSeconds,
    onLine: (line) => {
      const stage = stageOf(line);
      if (stage !== null) onProgress(stage.text, stage.share);
    },
  });
  if (end.status === 0) return onProgress("The userland is made", 1);
  const { code, text } = failures[end.status] ?? { code: "TOOL_FAILED", text: "could not be made" };
  const said = lastLines.split("\n").at(-1) ?? "";
  throw new TareError(
    end.reason === "time-limit" ? "TIME_LIMIT" : code,
    `The userland ${text} on ${sut.name}: ${said}.`,
    { host: sut.name, detail: lastLines },
  );
}

/** Exit statuses of the scripts. */
const failures: Readonly<
  Record<number, { code: "TOOL_MISSING" | "DISK_FULL" | "UNSUPPORTED" | "INPUT_INVALID"; text: string }>
> = {
  20: { code: "TOOL_MISSING", text: "needs a tool that is missing" },
  21: { code: "DISK_FULL", text: "does not fit" },
  22: { code: "UNSUPPORTED", text: "has no package source" },
  23: { code: "INPUT_INVALID", text: "cannot be made of that archive" },
};

async function scriptSums(
  sut: RemoteMachine,
  scripts: ScriptPaths,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const sums = await output(sut, { argv: ["sha256sum", "--", ...Object.values(scripts)] }, signal);
  return sums
    .trim()
    .split("\n")
    .map((line) => line.slice(0, 64));
}

function hashOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/** Standard output of a command that must succeed. */
async function output(sut: RemoteMachine, command: Command, signal: AbortSignal): Promise<string> {
  const result = await sut.run(command, { signal });
  if (result.status === 0) return result.stdout;
  throw new TareError("TOOL_FAILED", `${command.argv[0]} failed on ${sut.name}: ${result.stderr.trim()}`, {
    host: sut.name,
    detail: result.stderr,
  });
}
