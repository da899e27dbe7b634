// This machine as a RemoteMachine: real processes and real scripts, without SSH between. For tests of what runs on a host.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandResult, JobEnd, Jobs, RemoteMachine } from "#main/hosts/machine.ts";
import type { Command } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";

/** Folder of the scripts that Tare copies to hosts. */
export const scriptFolder = join(import.meta.dirname, "../../../assets/host");

export function localMachine(environment: Record<string, string> = {}): RemoteMachine {
  return {
    machine: "sut",
    name: "this machine",
    run: (command) => runLocally(command, environment),
    script: async (name) => join(scriptFolder, name),
    readFile: async (path) => await readFile(path),
    writeFile: () => Promise.reject(notHere()),
    jobs: localJobs(environment),
    close: async () => {},
  };
}

export async function runLocally(
  command: Command,
  environment: Record<string, string> = {},
): Promise<CommandResult> {
  const started = performance.now();
  const child = start(command, environment);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  child.stdin?.on("error", () => {});
  child.stdin?.end(command.stdin ?? "");
  const [status] = (await once(child, "close")) as [number | null];
  return {
    status: status ?? 128,
    stdout: stdout(),
    stderr: stderr(),
    seconds: (performance.now() - started) / 1000,
  };
}

function start(command: Command, environment: Record<string, string>): ChildProcess {
  const [program = "", ...rest] = command.argv;
  return spawn(program, rest, { env: { ...process.env, ...environment }, detached: true });
}

function collect(stream: ChildProcess["stdout"]): () => string {
  const pieces: Buffer[] = [];
  stream?.on("data", (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString();
}

/** Jobs for as long as the test lives: started once by id, followed, ended as a process group. */
function localJobs(environment: Record<string, string>): Jobs {
  const running = new Map<string, { child: ChildProcess; closed: Promise<unknown> }>();
  return {
    async start(id, command) {
      if (running.has(id)) return;
      const child = start(command, environment);
      running.set(id, { child, closed: once(child, "close") });
    },
    async follow(id, { onOutput }) {
      const job = running.get(id);
      if (job === undefined) throw notHere();
      job.child.stdout?.on("data", (piece: Buffer) => onOutput?.("stdout", piece.toString()));
      await job.closed;
      return cancelled();
    },
    async cancel(id) {
      const job = running.get(id);
      if (job?.child.pid === undefined) throw notHere();
      if (job.child.exitCode === null) process.kill(-job.child.pid, "SIGTERM");
      await job.closed;
      return cancelled();
    },
    run: () => Promise.reject(notHere()),
    state: () => Promise.reject(notHere()),
    fetch: () => Promise.reject(notHere()),
    remove: () => Promise.reject(notHere()),
    removeEnded: () => Promise.reject(notHere()),
    list: () => Promise.reject(notHere()),
  };
}

function cancelled(): JobEnd {
  return {
    status: 143,
    seconds: 0,
    startedAt: new Date().toISOString(),
    reason: "cancelled",
    stdoutBytes: 0,
    stderrBytes: 0,
  };
}

function notHere(): TareError {
  return new TareError("UNSUPPORTED", "The machine of this test does not offer that.");
}
