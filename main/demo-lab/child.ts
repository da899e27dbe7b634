// Runs a program of this machine to its end: argument arrays only, cancelled by AbortSignal, errors as TareError.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { TareError } from "#shared/model/error.ts";
import { commandText } from "#shared/model/command.ts";

export interface ChildOptions {
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with each line of standard output and standard error. */
  readonly onLine?: (line: string) => void;
  /** Called with each line that the program writes to file descriptor 3. */
  readonly onStatus?: (line: string) => void;
}

export interface ChildResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs of /usr/sbin are needed and are not on everybody's PATH. */
export const programPath = `${process.env["PATH"] ?? ""}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;

/**
 * Prefix that ends a program, and all it started, when this process ends, however it ends; where this process has
 * ended already, nothing is started. The program gets its own mounts and process ids.
 */
export const untilWeEnd: readonly string[] = [
  ..."setpriv --pdeathsig KILL".split(" "),
  "sh",
  "-c",
  '[ "$PPID" = "$0" ] && exec "$@"',
  String(process.pid),
  ..."unshare --mount --pid --fork --kill-child".split(" "),
];

/** Runs to the end; a non-zero status is a result. Throws TOOL_MISSING where the program is not installed, CANCELLED on abort. */
export async function runChild(argv: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  const [program = "", ...rest] = argv;
  throwIfCancelled(options.signal);
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, LC_ALL: "C.UTF-8", ...options.environment, PATH: programPath },
    stdio: ["pipe", "pipe", "pipe", options.onStatus ? "pipe" : "ignore"],
    signal: options.signal,
    killSignal: "SIGKILL",
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? (signal === null ? 1 : 137)));
  });
  // A program may end without reading its input; its status tells.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.stdin ?? "");
  const stdout = collect(child.stdout, options.onLine);
  const stderr = collect(child.stderr, options.onLine);
  const status = child.stdio[3];
  if (status && options.onStatus) createInterface({ input: status as Readable }).on("line", options.onStatus);
  try {
    return { status: await ended, stdout: stdout(), stderr: stderr() };
  } catch (error) {
    throwIfCancelled(options.signal);
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new TareError("TOOL_MISSING", `The program ${program} is not installed on this machine.`, {
        cause: error,
      });
    throw error;
  }
}

/** Runs a program that must succeed. `step` is what was being done, for the error's sentence: "Making the data link". */
export async function mustRun(
  step: string,
  argv: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  const result = await runChild(argv, options);
  if (result.status === 0) return result;
  const printed = lastLines(`${result.stdout}\n${result.stderr}`, 20);
  throw new TareError("TOOL_FAILED", `${step} failed on this machine: ${lastLines(printed, 1)}`, {
    detail: `${commandText({ argv: [...argv] })}\nended with status ${result.status}\n${printed}`,
  });
}

/** Runs a program that fails where this machine lacks `feature`, which then is UNSUPPORTED. */
export async function mustSupport(
  feature: string,
  argv: readonly string[],
  options: ChildOptions = {},
): Promise<void> {
  try {
    await mustRun(`Making ${feature}`, argv, options);
  } catch (error) {
    if (!(error instanceof TareError) || error.code !== "TOOL_FAILED") throw error;
    throw new TareError("UNSUPPORTED", `This machine does not let Tare make ${feature}. ${error.message}`, {
      ...(error.failure.detail === undefined ? {} : { detail: error.failure.detail }),
      cause: error,
    });
  }
}

/** Throws CANCELLED where the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new TareError("CANCELLED", "Cancelled.", { cause: signal.reason });
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

function collect(stream: Readable | null, onLine: ((line: string) => void) | undefined): () => string {
  let text = "";
  if (stream === null) return () => text;
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    // The end of what a program printed is what tells; a build prints megabytes.
    text = `${text}${piece}`.slice(-4_000_000);
  });
  if (onLine) createInterface({ input: stream }).on("line", onLine);
  return () => text;
}
