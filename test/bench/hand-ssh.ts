// The plain OpenSSH client with one kept connection to each machine, as somebody has it who measures by hand.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { GuestEndpoint } from "#main/environments/guest-connection.ts";
import { commandText } from "#shared/model/command.ts";
import type { HostRole, Machine } from "#shared/model/lab.ts";
import type { BenchLab } from "./bench-lab.ts";

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts a line in the shell of a machine's account; `options` are ssh's own. */
export type HandSsh = (machine: Machine, options: readonly string[], line: string) => Child;

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** Opens a connection to each host, and to the guest through the SUT where there is one; `undo` closes them. */
export async function openHandSsh(
  bench: BenchLab,
  guest: GuestEndpoint | null,
  undo: AsyncDisposableStack,
): Promise<HandSsh> {
  const folder = bench.campaignPath;
  const toHost = (role: HostRole) => {
    const { address, port, user, auth } = bench.lab[role];
    const key = auth.kind === "key" ? auth.path : "";
    return [...settings(folder, role, key, bench.knownHosts), "-p", String(port), `${user}@${address}`];
  };
  const targets = new Map<Machine, readonly string[]>([
    ["sut", toHost("sut")],
    ["loadgen", toHost("loadgen")],
  ]);
  if (guest !== null) targets.set("guest", await toGuest(folder, guest, toHost("sut")));
  const ssh: HandSsh = (machine, options, line) => {
    const target = targets.get(machine) ?? [];
    return spawn("ssh", [...target.slice(0, -1), ...options, ...target.slice(-1), line], {
      stdio: ["pipe", "pipe", "pipe"],
    });
  };
  for (const machine of targets.keys()) {
    undo.defer(async () => void (await outcome(ssh(machine, ["-O", "exit"], ""))));
    await mustSucceed(machine, ssh(machine, [], "true"), [0]);
  }
  return ssh;
}

async function toGuest(
  folder: string,
  { address, port, user, privateKey, hostKey }: GuestEndpoint,
  toSut: readonly string[],
): Promise<readonly string[]> {
  const key = join(folder, "guest.key");
  const knownHosts = join(folder, "guest.known-hosts");
  await writeFile(key, privateKey, { mode: 0o600 });
  await writeFile(knownHosts, `${port === 22 ? address : `[${address}]:${port}`} ${hostKey}\n`);
  const through = ["ssh", ...toSut.slice(0, -1), "-W", `${address}:${port}`, ...toSut.slice(-1)];
  return [
    ...settings(folder, "guest", key, knownHosts),
    "-o",
    `ProxyCommand=${commandText({ argv: through }).replaceAll("%", "%%")}`,
    "-p",
    String(port),
    `${user}@${address}`,
  ];
}

function settings(folder: string, machine: Machine, key: string, knownHosts: string): readonly string[] {
  const values = [
    `IdentityFile=${key}`,
    `UserKnownHostsFile=${knownHosts}`,
    `ControlPath=${join(folder, `${machine}.master`)}`,
    "ControlMaster=auto",
    "ControlPersist=yes",
    "BatchMode=yes",
    "LogLevel=ERROR",
  ];
  return ["-F", "none", ...values.flatMap((value) => ["-o", value])];
}

/** Throws an Error with what it printed where the status is another one; ssh is ended where the signal aborts. */
export async function mustSucceed(
  what: string,
  child: Child,
  okStatus: readonly number[],
  { stdin = "", signal }: { readonly stdin?: string; readonly signal?: AbortSignal } = {},
): Promise<Printed> {
  const end = () => child.kill();
  signal?.addEventListener("abort", end, { once: true });
  child.stdin.end(stdin);
  const { status, ...printed } = await outcome(child);
  signal?.removeEventListener("abort", end);
  if (okStatus.includes(status)) return printed;
  throw new Error(`${what}: status ${status}: ${printed.stderr.trim()}`);
}

export function outcome(child: Child): Promise<Printed & { readonly status: number }> {
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
