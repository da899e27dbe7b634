// Runs a workload's programs on this machine, in a folder of the test's own; nothing leaves the loopback interface.
import { spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProgramStep, RawOutput } from "#shared/model/workload.ts";

/** Whether all programs are installed; says in a line what is left out where one is not. */
export function installed(what: string, ...programs: readonly string[]): boolean {
  const missing = programs.filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
  if (missing.length > 0) process.stdout.write(`left out: ${what}; not installed: ${missing.join(", ")}\n`);
  return missing.length === 0;
}

export interface Outcome extends RawOutput {
  readonly status: number | null;
}

/** Runs to the end. */
export async function runLocally(argv: readonly string[], stdin?: string): Promise<Outcome> {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined).end(stdin);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  return { status, stdout, stderr };
}

export async function runOk(step: Pick<ProgramStep, "argv">): Promise<Outcome> {
  const outcome = await runLocally(step.argv);
  if (outcome.status !== 0)
    throw new Error(
      `${step.argv.join(" ")} ended with ${outcome.status}: ${outcome.stderr}${outcome.stdout}`,
    );
  return outcome;
}

/** Starts a server, waits until its port accepts, and gives the way to stop it. */
export async function startServer(
  step: ProgramStep & { readonly readyPort: number },
): Promise<() => Promise<void>> {
  const [program = "", ...rest] = step.argv;
  const child = spawn(program, rest, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => {
    child.on("error", () => resolve()).on("close", () => resolve());
  });
  while (!(await accepts(step.readyPort))) {
    if (child.exitCode !== null) throw new Error(`${step.argv.join(" ")} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return async () => {
    child.kill("SIGTERM");
    await ended;
  };
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => resolve(false));
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
