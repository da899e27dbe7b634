// A RemoteMachine over one kept SSH connection.
import { StringDecoder } from "node:string_decoder";
import type { Command } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import type { Machine } from "#shared/model/lab.ts";
import type { CommandResult, RemoteMachine, RunOptions } from "#main/hosts/machine.ts";
import { lastLines, orCancelled } from "./endings.ts";
import { execute, type Ending, type Execution } from "./execute.ts";
import { createJobs } from "./jobs.ts";
import { orAborted, type Link } from "./link.ts";
import { checkRootCommand, checkSudo, type Become } from "./root-command.ts";
import { execLine, installScripts, type HostScripts } from "./scripts.ts";

/** Seconds between SIGTERM and SIGKILL at the time limit. */
const killAfterSeconds = 5;

interface ShellExecution extends Execution {
  readonly root: boolean;
  readonly timeLimitSeconds?: number;
}

/** What the parts of the SSH layer use of a machine. */
export interface Shell {
  readonly name: string;
  /** Runs to an end or until the link is lost; nothing is repeated. Throws ROOT_REFUSED, CANCELLED. */
  attempt(execution: ShellExecution): Promise<Ending>;
  script(name: string, signal: AbortSignal): Promise<string>;
  /** Folder of Tare's scripts on the machine. */
  folder(): Promise<string>;
  /** Whether the allow-list for root applies here. */
  readonly checksRoot: boolean;
  /** The account that jobs without root run as; null: root itself. */
  readonly jobUser: string | null;
}

export interface RemoteMachineOptions {
  readonly machine: Machine;
  readonly user: string;
  readonly become: Become;
  readonly scripts: HostScripts;
  /** Ends everything under way. */
  readonly signal: AbortSignal;
  readonly log?: ((text: string) => void) | undefined;
}

const ignore = (): void => undefined;

export function createRemoteMachine(link: Link, options: RemoteMachineOptions): RemoteMachine {
  const { name } = link;
  let installing: Promise<string> | undefined;

  /** Once a connection; shared by all who wait, so no single one's signal ends it. */
  const scriptsFolder = (): Promise<string> => {
    installing ??= installScripts(link, options.scripts, options.signal).catch((error: unknown) => {
      installing = undefined;
      throw error;
    });
    return installing;
  };

  const attempt: Shell["attempt"] = async (execution) => {
    for (let again = false; ; again = true) {
      const folder = await orAborted(scriptsFolder(), execution.signal);
      const become = execution.root ? options.become : "own";
      if (become !== "own") checkRootCommand(execution.argv, folder, name);
      const limit = execution.timeLimitSeconds;
      // The limit is kept on the host, by timeout(1), which ends the whole process group.
      const timed = limit === undefined ? [] : ["timeout", "-k", String(killAfterSeconds), String(limit)];
      const sudo = become === "sudo" ? ["sudo", "-n", "--"] : [];
      const argv = [...sudo, ...timed, ...execution.argv];
      let stderr = "";
      const ending = await execute(
        link,
        execLine(options.scripts),
        {
          ...execution,
          argv,
          onStderr: (bytes) => {
            if (stderr.length < 4096) stderr += bytes.toString("latin1");
            execution.onStderr(bytes);
          },
        },
        (pid) => void endProcess(pid, execution.root),
      );
      // exec.sh was not there: somebody emptied the cache. It is put there again, once.
      if (ending.kind === "exit" && !ending.begun && !again) {
        installing = undefined;
        continue;
      }
      if (ending.kind === "exit" && execution.root && options.become === "sudo")
        checkSudo(ending.status, stderr, name, options.user);
      return ending;
    }
  };

  const endProcess = async (pid: number, root: boolean): Promise<void> => {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(10_000)]);
    try {
      const argv = ["sh", await script("end-process.sh", signal), String(pid)];
      await attempt({ argv, root, signal, onStdout: ignore, onStderr: ignore });
    } catch (error) {
      options.log?.(`${name}: process ${pid} could not be ended: ${String(error)}`);
    }
  };

  const script = async (file: string, signal: AbortSignal): Promise<string> => {
    if (!options.scripts.files.some((each) => each.name === file))
      throw new TareError("INTERNAL", `There is no script ${file} among Tare's scripts for hosts.`);
    return `${await orCancelled(name, orAborted(scriptsFolder(), signal))}/${file}`;
  };

  const shell: Shell = {
    name,
    attempt,
    script,
    folder: scriptsFolder,
    checksRoot: options.become !== "own",
    jobUser: options.become === "sudo" ? options.user : null,
  };

  const runBytes = async (
    command: Pick<Command, "argv" | "root"> & { readonly stdin?: string | Uint8Array },
    run: RunOptions,
  ): Promise<Omit<CommandResult, "stdout"> & { readonly stdout: Buffer }> => {
    const limit = run.timeLimitSeconds ?? 60;
    const signal = AbortSignal.any([run.signal, options.signal]);
    for (;;) {
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      const decoder = new StringDecoder("utf8");
      const begun = performance.now();
      const ending = await orCancelled(
        name,
        attempt({
          argv: command.argv,
          timeLimitSeconds: limit,
          stdin: command.stdin,
          root: command.root === true,
          signal,
          onStdout: (bytes) => {
            stdout.push(bytes);
            const text = decoder.write(bytes);
            if (text !== "") run.onOutput?.(text);
          },
          onStderr: (bytes) => stderr.push(bytes),
        }),
      );
      const seconds = (performance.now() - begun) / 1000;
      if (ending.kind === "exit") {
        const killed = ending.status === 124 || ending.status === 137;
        if (killed && seconds >= limit)
          throw new TareError(
            "TIME_LIMIT",
            `${command.argv[0]} on ${name} was ended after its limit of ${limit} s.`,
            {
              host: name,
              detail: lastLines(Buffer.concat(stderr).toString("utf8")),
            },
          );
        return {
          status: ending.status,
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString("utf8"),
          seconds,
        };
      }
      if (run.idempotent !== true)
        throw new TareError(
          "LINK_LOST",
          `The connection to ${name} was lost while ${command.argv[0]} ran; its outcome is not known.`,
          { host: name },
        );
    }
  };

  const run = async (command: Command, runOptions: RunOptions): Promise<CommandResult> => {
    const result = await runBytes(command, runOptions);
    return { ...result, stdout: result.stdout.toString("utf8") };
  };

  const mustSucceed = (what: string, result: Pick<CommandResult, "status" | "stderr">): void => {
    if (result.status === 0) return;
    const code = /No space left|Disk quota/.test(result.stderr) ? "DISK_FULL" : "TOOL_FAILED";
    throw new TareError(code, `${what} on ${name} failed: ${lastLines(result.stderr)}`, { host: name });
  };

  return {
    machine: options.machine,
    name,
    run,
    script,
    async writeFile(path, content, { mode, signal }) {
      if (!path.startsWith("/"))
        throw new TareError("INPUT_INVALID", `${path} is not an absolute path.`, { host: name });
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const file = await script("write-file.sh", signal);
      const argv = ["sh", file, path, mode.toString(8), String(bytes.length)];
      const result = await runBytes(
        { argv, stdin: bytes, root: true },
        { signal, idempotent: true, timeLimitSeconds: 600 },
      );
      mustSucceed(`Writing ${path}`, result);
    },
    async readFile(path, signal) {
      const result = await runBytes(
        { argv: ["cat", "--", path], root: true },
        { signal, idempotent: true, timeLimitSeconds: 600 },
      );
      mustSucceed(`Reading ${path}`, result);
      return result.stdout;
    },
    jobs: createJobs(shell, { signal: options.signal }),
    close: () => link.close(),
  };
}
