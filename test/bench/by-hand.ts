// The same programs as a run, typed by hand: the plain OpenSSH client, one master connection a host, nothing else.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { commandText, type Command } from "#shared/model/command.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { Measurement } from "#shared/model/measurement.ts";
import type { Condition } from "#shared/model/workload.ts";
import type { RunCommand } from "#shared/plan/run-commands.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import type { BenchLab } from "./bench-lab.ts";

export interface HandRun {
  readonly measurements: readonly Measurement[];
  /** From the first command to the server's end. */
  readonly wallSeconds: number;
}

export type ByHand = (condition: Condition, commands: readonly RunCommand[]) => Promise<HandRun>;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
type Ssh = (host: HostRole, options: readonly string[], line: string) => Child;

/** Opens a master connection to each host of the lab; `undo` closes them. */
export async function openByHand(
  bench: BenchLab,
  undo: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<ByHand> {
  const ssh: Ssh = (host, options, line) => {
    const { address, user, auth } = bench.lab[host];
    const settings = [
      `IdentityFile=${auth.kind === "key" ? auth.path : ""}`,
      `UserKnownHostsFile=${bench.knownHosts}`,
      `ControlPath=${join(bench.campaignPath, `${host}.master`)}`,
      "ControlMaster=auto",
      "ControlPersist=yes",
      "BatchMode=yes",
      "LogLevel=ERROR",
    ].flatMap((setting) => ["-o", setting]);
    return spawn("ssh", ["-F", "none", ...settings, ...options, `${user}@${address}`, line], {
      stdio: ["pipe", "pipe", "pipe"],
    });
  };
  for (const host of ["sut", "loadgen"] as const) {
    undo.defer(async () => void (await outcome(ssh(host, ["-O", "exit"], ""))));
    await mustSucceed(host, ssh(host, [], "true"), [0]);
  }
  return (condition, commands) =>
    runByHand({ ssh, address: bench.lab.sut.dataAddress, signal }, condition, commands);
}

/** Native only: the environment is the SUT itself, and its address the SUT's. */
async function runByHand(
  { ssh, address, signal }: { ssh: Ssh; address: string; signal: AbortSignal },
  condition: Condition,
  commands: readonly RunCommand[],
): Promise<HandRun> {
  const begun = performance.now();
  const servers: Child[] = [];
  let raw = { stdout: "", stderr: "" };
  try {
    for (const step of commands.filter(({ phase }) => phase !== "finish")) {
      signal.throwIfAborted();
      if (step.readyPort !== undefined) {
        // A terminal of its own: over a shared connection Ctrl+C does not get through.
        servers.push(ssh("sut", ["-S", "none", "-tt"], lineOf(step.command)));
        await waitForPort(ssh, address, step.readyPort);
        continue;
      }
      const printed = await runStep(ssh, step);
      if (step.phase === "measure") raw = printed;
    }
  } finally {
    for (const server of servers) await interrupt(server);
    for (const step of commands.filter(({ phase }) => phase === "finish")) await runStep(ssh, step);
  }
  const { measurements } = bindCondition(condition).parse(raw);
  return { measurements, wallSeconds: (performance.now() - begun) / 1000 };
}

function runStep(ssh: Ssh, { machine, command, okStatus }: RunCommand): Promise<Printed> {
  const host = machine === "loadgen" ? "loadgen" : "sut";
  return mustSucceed(`${host}: ${lineOf(command)}`, ssh(host, [], lineOf(command)), okStatus, command.stdin);
}

/** The lab's account is root, so what needs root is typed as it stands. */
function lineOf({ argv }: Command): string {
  return commandText({ argv });
}

/** As somebody would who waits for a prompt: try the port until it accepts. */
async function waitForPort(ssh: Ssh, address: string, port: number): Promise<void> {
  const attempt = `exec 3<>/dev/tcp/${address}/${port}`;
  const line = `bash -c 'for i in $(seq 200); do (${attempt}) 2>/dev/null && exit; sleep 0.05; done; exit 1'`;
  await mustSucceed(`waiting for port ${port}`, ssh("loadgen", [], line), [0]);
}

/** Ctrl+C on the server's terminal until it ends: nuttcp takes the first one for the end of a transfer. */
async function interrupt(server: Child): Promise<void> {
  let ended = false;
  const end = outcome(server).then(() => (ended = true));
  for (let presses = 0; presses < 20 && !ended; presses += 1) {
    server.stdin.write("\u0003");
    const settled = new AbortController();
    await Promise.race([end, sleep(500, null, { signal: settled.signal }).catch(() => null)]);
    settled.abort();
  }
  if (ended) return;
  server.kill();
  throw new Error("A server that was started by hand did not end within 10 s of Ctrl+C.");
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

async function mustSucceed(
  what: string,
  child: Child,
  okStatus: readonly number[],
  stdin = "",
): Promise<Printed> {
  child.stdin.end(stdin);
  const { status, ...printed } = await outcome(child);
  if (okStatus.includes(status)) return printed;
  throw new Error(`${what}: status ${status}: ${printed.stderr.trim()}`);
}

function outcome(child: Child): Promise<Printed & { readonly status: number }> {
  if (child.exitCode !== null) return Promise.resolve({ status: child.exitCode, stdout: "", stderr: "" });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ status: code ?? -1, stdout, stderr }));
  });
}
