// Detached jobs of a machine by way of assets/host/job.sh. All of it can be repeated, so a lost link only delays it.
import { open, rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { StringDecoder } from "node:string_decoder";
import { TareError } from "#shared/model/error.ts";
import type { Command } from "#shared/model/command.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";
import type { JobEnd, Jobs, JobState } from "#main/hosts/machine.ts";
import { lastLines, orCancelled } from "./endings.ts";
import { afterMark } from "./execute.ts";
import { jobOutput } from "./job-output.ts";
import type { Shell } from "./remote-machine.ts";

interface JobStatus {
  readonly state: JobState;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly end: JobEnd | undefined;
}

interface Following {
  readonly signal: AbortSignal;
  readonly onOutput: ((stream: "stdout" | "stderr", text: string) => void) | undefined;
  /** Arguments of job.sh, given how much of both streams is here. */
  readonly act: (stdout: string, stderr: string) => readonly string[];
  /** Input of a job that is started by the act; undefined where it was started before. */
  readonly start: { readonly stdin: string } | undefined;
}

export function createJobs(shell: Shell, deps: { readonly signal: AbortSignal }): Jobs {
  const { name } = shell;

  /** One act of job.sh, repeated until its outcome is known. */
  const act = async (
    argv: readonly string[],
    signal: AbortSignal,
    stdin?: string,
  ): Promise<{ status: number; stdout: string; stderr: string }> => {
    const script = await shell.script("job.sh", signal);
    for (;;) {
      let stdout = "";
      let stderr = "";
      const ending = await orCancelled(
        name,
        shell.attempt({
          argv: ["sh", script, ...argv],
          stdin,
          root: true,
          timeLimitSeconds: 120,
          signal: AbortSignal.any([signal, deps.signal]),
          onStdout: (bytes) => (stdout += bytes.toString("utf8")),
          onStderr: (bytes) => (stderr += bytes.toString("utf8")),
        }),
      );
      if (ending.kind === "exit") return { status: ending.status, stdout, stderr };
    }
  };

  const actOk = async (argv: readonly string[], signal: AbortSignal, stdin?: string): Promise<string> => {
    const { status, stdout, stderr } = await act(argv, signal, stdin);
    if (status === 0) return stdout;
    throw actFailed(`${argv[0]} of job ${argv[1]}`, name, stderr);
  };

  const status = async (id: string, signal: AbortSignal): Promise<JobStatus> =>
    parseStatus(await actOk(["state", checkId(id)], signal), id, name);

  /** One act of job.sh that ends with the job and tells its output from two offsets on, repeated until all of it is here. */
  const follow = async (
    id: string,
    { signal, onOutput, act: actFrom, start }: Following,
  ): Promise<JobEnd> => {
    const script = await shell.script("job.sh", signal);
    const read = { stdout: 0, stderr: 0 };
    const kept = { stdout: keptBytes(), stderr: keptBytes() };
    const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
    const take = (stream: "stdout" | "stderr") => (bytes: Buffer) => {
      read[stream] += bytes.length;
      kept[stream].add(bytes);
      const text = decoders[stream].write(bytes);
      if (text !== "") onOutput?.(stream, text);
    };
    for (;;) {
      const stdout = jobOutput(take("stdout"));
      const sinks = {
        stdout: afterMark("tare-output", stdout.feed),
        stderr: afterMark("tare-output", take("stderr")),
      };
      const readBefore = read.stdout + read.stderr;
      let complaint = "";
      const ending = await orCancelled(
        name,
        shell.attempt({
          argv: ["sh", script, ...actFrom(String(read.stdout), String(read.stderr))],
          stdin: start?.stdin,
          root: true,
          interruptible: true,
          signal: AbortSignal.any([signal, deps.signal]),
          onStdout: sinks.stdout.feed,
          onStderr: (bytes) => {
            if (!sinks.stderr.found()) complaint += bytes.toString("utf8");
            sinks.stderr.feed(bytes);
          },
        }),
      );
      // Mostly told at the end of the output; a stream that was cut has no state.
      const told = ending.kind === "exit" ? stdout.state() : null;
      const now = told === null ? await status(id, signal) : parseStatus(told, id, name);
      // A start that did not arrive is made again; one that failed says why.
      if (now.state === "absent" && start !== undefined) {
        if (ending.kind === "exit") throw actFailed(`start of job ${id}`, name, complaint);
        continue;
      }
      if (now.state === "absent")
        throw new TareError("NOT_FOUND", `There is no job ${id} on ${name}.`, { host: name });
      const all = read.stdout >= now.stdoutBytes && read.stderr >= now.stderrBytes;
      if (now.end !== undefined && all)
        return { ...now.end, ...printed(kept.stdout.bytes(), kept.stderr.bytes()) };
      // A job that is only just being started has no output to follow yet.
      if (ending.kind === "exit" && read.stdout + read.stderr === readBefore)
        await orCancelled(name, sleep(50, undefined, { signal }));
    }
  };

  /** The arguments of a start, checked. */
  const startArguments = async (command: Command, timeLimitSeconds: number): Promise<readonly string[]> => {
    const refusal =
      shell.checksRoot && command.root === true ? rootRefusal(command, await shell.folder()) : null;
    if (refusal !== null)
      throw new TareError("INTERNAL", `Not started on ${name}: ${refusal}`, { host: name });
    const user = command.root === true ? null : shell.jobUser;
    const bytes = Buffer.byteLength(command.stdin ?? "");
    const limit = String(Math.max(1, Math.ceil(timeLimitSeconds)));
    return [limit, user ?? "-", String(bytes), ...command.argv];
  };

  return {
    async start(id, command, { timeLimitSeconds, signal }) {
      const rest = await startArguments(command, timeLimitSeconds);
      await actOk(["start", checkId(id), ...rest], signal, command.stdin);
    },

    async run(id, command, { timeLimitSeconds, signal, onOutput }) {
      const rest = await startArguments(command, timeLimitSeconds);
      return follow(id, {
        signal,
        onOutput,
        act: (out, err) => ["start-output", checkId(id), out, err, ...rest],
        start: { stdin: command.stdin ?? "" },
      });
    },

    state: async (id, signal) => (await status(id, signal)).state,

    follow: (id, { signal, onOutput }) =>
      follow(id, {
        signal,
        onOutput,
        act: (out, err) => ["output", checkId(id), out, err],
        start: undefined,
      }),

    async cancel(id, signal) {
      const { end } = parseStatus(await actOk(["cancel", checkId(id)], signal), id, name);
      return end ?? null;
    },

    async fetch(id, stream, toPath, signal) {
      const script = await shell.script("job.sh", signal);
      const part = `${toPath}.part`;
      const file = await open(part, "w").catch((error: unknown) => {
        throw localError(error, toPath);
      });
      try {
        for (let offset = 0; ;) {
          let writing = Promise.resolve();
          let failed: unknown;
          const stderr: Buffer[] = [];
          const ending = await orCancelled(
            name,
            shell.attempt({
              argv: ["sh", script, "read", checkId(id), stream, String(offset)],
              root: true,
              signal: AbortSignal.any([signal, deps.signal]),
              onStdout: (bytes) => {
                const at = offset;
                offset += bytes.length;
                writing = writing
                  .then(async () => void (await file.write(bytes, 0, bytes.length, at)))
                  .catch((error: unknown) => {
                    failed ??= error;
                  });
              },
              onStderr: (bytes) => stderr.push(bytes),
            }),
          );
          await writing;
          if (failed !== undefined) throw localError(failed, toPath);
          if (ending.kind !== "exit") continue;
          if (ending.status !== 0)
            throw new TareError(
              "NOT_FOUND",
              `The ${stream} of job ${id} on ${name} cannot be read: ${lastLines(Buffer.concat(stderr).toString())}`,
              { host: name },
            );
          break;
        }
        await file.sync().catch((error: unknown) => {
          throw localError(error, toPath);
        });
      } finally {
        await file.close();
      }
      await rename(part, toPath);
    },

    async remove(id, signal) {
      const { status, stderr } = await act(["remove", checkId(id)], signal);
      if (status === 5)
        throw new TareError("BUSY", `Job ${id} on ${name} still runs; cancel it first.`, { host: name });
      if (status !== 0)
        throw new TareError("TOOL_FAILED", `Job ${id} on ${name} was not removed: ${lastLines(stderr)}`, {
          host: name,
        });
    },

    removeEnded: async (prefix, signal) => void (await actOk(["remove-ended", prefix], signal)),

    async list(prefix, signal) {
      const { stdout } = await act(["list"], signal);
      return stdout
        .split("\n")
        .filter((id) => id !== "" && id.startsWith(prefix))
        .toSorted();
    },
  };
}

function actFailed(what: string, host: string, stderr: string): TareError {
  const code = /No space left on device/.test(stderr) ? "DISK_FULL" : "TOOL_FAILED";
  return new TareError(code, `job.sh ${what} on ${host} failed: ${lastLines(stderr)}`, { host });
}

/** So much of each stream is kept while it is followed, so that it need not be fetched again. */
const mostKeptBytes = 2 ** 20;

function keptBytes() {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    add(bytes: Buffer) {
      length += bytes.length;
      if (length <= mostKeptBytes) pieces.push(bytes);
    },
    /** All of it; null where it was too much. */
    bytes: () => (length <= mostKeptBytes ? Buffer.concat(pieces) : null),
  };
}

function printed(stdout: Buffer | null, stderr: Buffer | null): Pick<JobEnd, "printed"> {
  return stdout === null || stderr === null ? {} : { printed: { stdout, stderr } };
}

/** An id is a path below the folder of jobs: parts of letters, digits, "_", "." and "-". */
function checkId(id: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/.test(id)) return id;
  throw new TareError("INPUT_INVALID", `"${id}" cannot be the id of a job.`);
}

/** A line of `job.sh state`. */
function parseStatus(line: string, id: string, name: string): JobStatus {
  const [state = "", stdout = "0", stderr = "0", status = "", reason = "", start = "", end = ""] = line
    .trim()
    .split(/\s+/);
  const sizes = { stdoutBytes: Number(stdout), stderrBytes: Number(stderr) };
  if (state === "absent" || state === "running") return { state, ...sizes, end: undefined };
  if ((state === "ended" || state === "died") && isReason(reason)) {
    const [from, to] = [nanoseconds(start), nanoseconds(end)];
    return {
      state,
      ...sizes,
      end: {
        status: state === "died" ? -1 : Number(status),
        seconds: Math.max(0, Number((to - from) / 1000n) / 1e6),
        startedAt: new Date(Number(from / 1_000_000n)).toISOString(),
        reason,
        ...sizes,
      },
    };
  }
  throw new TareError(
    "OUTPUT_UNREADABLE",
    `The state of job ${id} on ${name} cannot be read: ${line.trim()}`,
    {
      host: name,
    },
  );
}

/** `1700000000.123456789`, as date prints it, in whole nanoseconds: more than a double holds. */
function nanoseconds(text: string): bigint {
  const [seconds = "0", fraction = ""] = text.split(".");
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
}

function isReason(text: string): text is JobEnd["reason"] {
  return ["exited", "time-limit", "cancelled", "died"].includes(text);
}

function localError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOSPC" || code === "EDQUOT")
    return new TareError("DISK_FULL", `There is no space left on this machine to write ${path}.`, {
      cause: error,
    });
  return error;
}
