// A machine that commands can be run on: a host of the lab over SSH, or a guest through the SUT.
import type { Command } from "#shared/model/command.ts";
import type { Machine } from "#shared/model/lab.ts";

export interface CommandResult {
  /** Exit status; 128 + signal number where a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** The command is ended after so many seconds, with TareError TIME_LIMIT. Default 60. */
  readonly timeLimitSeconds?: number;
  /** Called with each piece of standard output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The command may be run again: it is repeated by itself when the link is lost, instead of LINK_LOST. `onOutput` then begins anew. */
  readonly idempotent?: boolean;
}

/** Why and how a job ended. */
export interface JobEnd {
  readonly status: number;
  /** Wall-clock seconds between the program's start and its end, by the machine's own clock. */
  readonly seconds: number;
  readonly startedAt: string;
  readonly reason: "exited" | "time-limit" | "cancelled" | "died";
  /** How much it printed, so that an empty output need not be fetched. */
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** All that it printed, where it was followed from its start and is small; else it is fetched. */
  readonly printed?: { readonly stdout: Uint8Array; readonly stderr: Uint8Array };
}

export type JobState = "absent" | "running" | "ended" | "died";

/** Detached jobs: they go on when the link or Tare ends, and are found again by their id. */
export interface Jobs {
  /** Idempotent: starting an id that exists does nothing. */
  start(
    id: string,
    command: Command,
    options: { timeLimitSeconds: number; signal: AbortSignal },
  ): Promise<void>;
  /** `start` and `follow` in one journey; repeats both where the link is lost, as neither starts anything twice. */
  run(
    id: string,
    command: Command,
    options: {
      timeLimitSeconds: number;
      signal: AbortSignal;
      onOutput?: (stream: "stdout" | "stderr", text: string) => void;
    },
  ): Promise<JobEnd>;
  state(id: string, signal: AbortSignal): Promise<JobState>;
  /** Waits for the end; reconnects as often as needed and goes on by byte offset. Aborting stops waiting, not the job. */
  follow(
    id: string,
    options: { signal: AbortSignal; onOutput?: (stream: "stdout" | "stderr", text: string) => void },
  ): Promise<JobEnd>;
  /** Ends the whole process group: SIGTERM, then SIGKILL after 5 s. Returns when nothing of it is left: how it ended, null where there is no such job. */
  cancel(id: string, signal: AbortSignal): Promise<JobEnd | null>;
  /** Writes what the job printed, unmodified, to a local file. */
  fetch(id: string, stream: "stdout" | "stderr", toPath: string, signal: AbortSignal): Promise<void>;
  remove(id: string, signal: AbortSignal): Promise<void>;
  /** Removes every job below a prefix that has ended; those that run stay. */
  removeEnded(prefix: string, signal: AbortSignal): Promise<void>;
  /** Ids of all jobs on the machine below a prefix. */
  list(prefix: string, signal: AbortSignal): Promise<readonly string[]>;
}

export interface RemoteMachine {
  readonly machine: Machine;
  /** For messages: `root@198.18.1.2`. */
  readonly name: string;
  /** Runs to the end. A non-zero status is a result, not an error. Throws TareError LINK_LOST, TIME_LIMIT, CANCELLED, ROOT_REFUSED. */
  run(command: Command, options: RunOptions): Promise<CommandResult>;
  /** Path on the machine of a script of assets/host, copied there and checked by hash first. */
  script(name: string, signal: AbortSignal): Promise<string>;
  writeFile(
    path: string,
    content: string | Uint8Array,
    options: { mode: number; signal: AbortSignal },
  ): Promise<void>;
  readFile(path: string, signal: AbortSignal): Promise<Uint8Array>;
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** Runs a command that must succeed; anything but status 0 becomes TareError TOOL_FAILED with the last lines it printed. */
export type RunOk = (machine: RemoteMachine, command: Command, options: RunOptions) => Promise<CommandResult>;
