// Runs one program over a channel by way of exec.sh: arguments and input travel on standard input.
import { TareError } from "#shared/model/error.ts";
import { encodeArguments } from "./arguments.ts";
import type { Link } from "./link.ts";
import { openChannel } from "./open-channel.ts";

export interface Execution {
  readonly argv: readonly string[];
  readonly stdin?: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
  readonly onStdout: (bytes: Buffer) => void;
  readonly onStderr: (bytes: Buffer) => void;
  /** The program can be ended and started again at any moment, and its input stays open until then. */
  readonly interruptible?: boolean;
}

export type Ending =
  /** 128 + signal number where a signal ended it. `begun`: whether exec.sh was there and had begun. */
  | { readonly kind: "exit"; readonly status: number; readonly begun: boolean }
  /** The connection ended first. */
  | { readonly kind: "lost"; readonly begun: boolean }
  /** The channel's place was wanted by another. */
  | { readonly kind: "yielded" };

/** How long to wait for the rest once the program's side is to end. */
const closingMs = 2000;

/**
 * `line` is the shell line that starts exec.sh on the host. Aborting sends SIGTERM to the program (`endProcess`) and rejects with CANCELLED.
 */
export async function execute(
  link: Link,
  line: string,
  execution: Execution,
  endProcess?: (pid: number) => void,
): Promise<Ending> {
  const { signal } = execution;
  const yielding = Promise.withResolvers<Ending>();
  const request =
    execution.interruptible === true ? { onYield: () => yielding.resolve({ kind: "yielded" }) } : {};
  const header = encodeArguments(execution.argv);
  const opened = await openChannel(link, line, { signal, ...request });
  const { channel } = opened;
  const ended = Promise.withResolvers<Ending>();
  const stdout = afterMark("tare-begin ", execution.onStdout);
  const stderr = afterMark("tare-begin ", execution.onStderr);
  const abort = () => {
    const pid = Number.parseInt(stdout.mark(), 10);
    if (pid > 0) endProcess?.(pid);
    ended.reject(new TareError("CANCELLED", `The work on ${link.name} was cancelled.`, { host: link.name }));
  };
  let status: number | undefined;
  channel.on("exit", (code: number | null, name?: string) => {
    status = code ?? 128 + signalNumber(name ?? "");
  });
  channel.on("data", stdout.feed);
  channel.stderr.on("data", stderr.feed);
  const closed = new Promise<void>((resolve) => {
    channel.once("close", () => {
      ended.resolve(
        status === undefined
          ? { kind: "lost", begun: stdout.found() }
          : { kind: "exit", status, begun: stdout.found() },
      );
      resolve();
    });
  });
  // An error of the stream is followed by its close, which decides.
  channel.on("error", () => undefined);
  signal.addEventListener("abort", abort, { once: true });
  try {
    channel.write(header);
    if (execution.stdin !== undefined) channel.write(execution.stdin);
    if (execution.interruptible !== true) channel.end();
    if (signal.aborted) abort();
    return await Promise.race([ended.promise, yielding.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    stdout.stop();
    stderr.stop();
    channel.end();
    channel.resume();
    channel.stderr.resume();
    const late = setTimeout(() => channel.close(), closingMs);
    const free = closed.then(() => {
      clearTimeout(late);
      opened.release();
    });
    // The place is free when the server has closed the channel, not before.
    void free;
  }
}

/** Passes on what follows the line that begins with `mark`; what comes before it is the login shell's own noise. */
export function afterMark(
  mark: string,
  onBytes: (bytes: Buffer) => void,
): { feed: (bytes: Buffer) => void; found: () => boolean; mark: () => string; stop: () => void } {
  let before: Buffer | undefined = Buffer.alloc(0);
  let rest = "";
  let stopped = false;
  return {
    feed(bytes) {
      if (stopped) return;
      if (before === undefined) return onBytes(bytes);
      before = Buffer.concat([before, bytes]);
      const at = markAt(before, mark);
      const end = at < 0 ? -1 : before.indexOf(10, at);
      if (end < 0) return;
      rest = before.toString("latin1", at + mark.length, end);
      const after = before.subarray(end + 1);
      before = undefined;
      if (after.length > 0) onBytes(after);
    },
    found: () => before === undefined,
    mark: () => rest,
    stop: () => {
      stopped = true;
    },
  };
}

function markAt(bytes: Buffer, mark: string): number {
  let at = bytes.indexOf(mark);
  while (at > 0 && bytes[at - 1] !== 10) at = bytes.indexOf(mark, at + 1);
  return at;
}

const signals = [
  "HUP",
  "INT",
  "QUIT",
  "ILL",
  "TRAP",
  "ABRT",
  "BUS",
  "FPE",
  "KILL",
  "USR1",
  "SEGV",
  "USR2",
  "PIPE",
  "ALRM",
  "TERM",
];

function signalNumber(name: string): number {
  return signals.indexOf(name.replace(/^SIG/, "")) + 1;
}
