// A real sshd for tests: own port on loopback, own host keys, and its own /etc/passwd, /etc/shadow, /etc/sudoers,
// /var/lib and /var/log in a private mount namespace, so that nothing of the machine's is touched.
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processIds, readProcess } from "./processes.ts";
import type { Host } from "#shared/model/lab.ts";

export interface SshdOptions {
  /** Further lines of sshd_config. */
  readonly config?: readonly string[];
  /** Lines of /etc/sudoers. */
  readonly sudoers?: readonly string[];
}

export interface TestSshd {
  readonly port: number;
  /** Everything of this server; removed by `stop`. */
  readonly folder: string;
  /** Private key that root and the user accept. */
  readonly keyPath: string;
  /** An account without root; its password is `userPassword`. */
  readonly user: string;
  readonly userPassword: string;
  /** Host's public key, as a known_hosts line has it: type and base64. */
  hostKey(): string;
  /** The server makes itself a new host key, as after a fresh installation. */
  renewHostKey(): Promise<void>;
  /** A host of a lab that reaches this server. */
  host(changes?: Partial<Host>): Host;
  /** SIGKILLs every process of sshd that serves a session; the server itself stays. */
  killSessions(): void;
  /** Ends the server and its sessions; `start` brings it up on the same port. */
  down(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const folder = mkdtempSync(join(tmpdir(), "tare-sshd-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const keyPath = join(folder, "id");
  const hostKeyPath = join(folder, "host-key");
  const user = "tare-user";
  const userPassword = "correct horse $(reboot) 'battery'";
  for (const name of ["root", "user", "var-lib/tare", "var-lib/sudo", "var-log"])
    mkdirSync(join(folder, name), { recursive: true });
  keygen(keyPath);
  keygen(hostKeyPath);
  writeFileSync(join(folder, "authorized"), readFileSync(`${keyPath}.pub`));
  writeAccounts(folder, user, userPassword);
  writeFileSync(join(folder, "sudoers"), `${(options.sudoers ?? []).join("\n")}\n`, { mode: 0o440 });
  writeFileSync(join(folder, "sshd_config"), sshdConfig(folder, port, hostKeyPath, options.config ?? []));
  execFileSync("chown", ["-R", "12345:12345", join(folder, "user")]);
  mkdirSync("/run/sshd", { recursive: true });

  let ended: Promise<void> = Promise.resolve();
  let pid = 0;

  const start = async (): Promise<void> => {
    const child = spawn(
      "unshare",
      ["--mount", "--propagation", "private", "sh", "-c", insideNamespace, "sh", folder],
      {
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    pid = child.pid ?? 0;
    child.stderr.on("data", (piece: Buffer) => appendFileSync(join(folder, "log"), piece));
    let exited = false;
    ended = new Promise((resolve) =>
      child.once("exit", () => {
        exited = true;
        resolve();
      }),
    );
    while (!(await answers(port))) {
      if (exited) throw new Error(`sshd did not start: ${readFileSync(join(folder, "log"), "utf8")}`);
      await sleep(20);
    }
  };

  const killSessions = (): void => {
    for (const child of descendants(pid).filter((each) => readCommand(each).startsWith("sshd")))
      kill(child, "SIGKILL");
  };

  const down = async (): Promise<void> => {
    const sessions = descendants(pid).filter((each) => readCommand(each).startsWith("sshd"));
    kill(pid, "SIGKILL");
    for (const session of sessions) kill(session, "SIGKILL");
    await ended;
  };

  await start();
  return {
    port,
    folder,
    keyPath,
    user,
    userPassword,
    hostKey: () => readFileSync(`${hostKeyPath}.pub`, "utf8").split(" ").slice(0, 2).join(" "),
    async renewHostKey() {
      await down();
      rmSync(hostKeyPath);
      rmSync(`${hostKeyPath}.pub`);
      keygen(hostKeyPath);
      await start();
    },
    host: (changes = {}) => ({
      address: "127.0.0.1",
      port,
      user: "root",
      auth: { kind: "key", path: keyPath },
      become: "root",
      dataAddress: "127.0.0.1",
      ...changes,
    }),
    killSessions,
    down,
    start,
    async stop() {
      await down();
      endJobs(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export function keygen(path: string, passphrase = "", type = "ed25519"): void {
  execFileSync("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "tare-test", "-f", path]);
}

const insideNamespace = `
set -eu
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/shadow" /etc/shadow
mount --bind "$1/var-lib" /var/lib
mount --bind "$1/var-log" /var/log
[ ! -e /etc/sudoers ] || mount --bind "$1/sudoers" /etc/sudoers
exec "$(command -v sshd || echo /usr/sbin/sshd)" -D -e -f "$1/sshd_config"
`;

function sshdConfig(folder: string, port: number, hostKeyPath: string, more: readonly string[]): string {
  // sshd takes the first value of a keyword, so what the test wants comes first.
  return [
    ...more,
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${hostKeyPath}`,
    `PidFile ${folder}/pid`,
    `AuthorizedKeysFile ${folder}/authorized`,
    "StrictModes no",
    "PermitRootLogin yes",
    "PasswordAuthentication yes",
    "KbdInteractiveAuthentication no",
    "UsePAM no",
    "UseDNS no",
    "MaxStartups 100",
    "LogLevel INFO",
    "",
  ].join("\n");
}

/** Root's home is in the folder too, so that ~/.cache/tare of the machine stays as it is. */
function writeAccounts(folder: string, user: string, password: string): void {
  const passwd = readFileSync("/etc/passwd", "utf8").replace(
    /^(root:[^:]*:0:0:[^:]*):[^:]*:.*$/m,
    `$1:${folder}/root:/bin/sh`,
  );
  writeFileSync(join(folder, "passwd"), `${passwd}${user}:x:12345:12345::${folder}/user:/bin/sh\n`);
  const hash = execFileSync("perl", ["-e", "print crypt($ARGV[0], q($6$tare$))", password], {
    encoding: "utf8",
  });
  writeFileSync(join(folder, "shadow"), `root:*:19000:0:99999:7:::\n${user}:${hash}:19000:0:99999:7:::\n`, {
    mode: 0o600,
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once("data", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("close", () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

/** All processes below one, from /proc. */
function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const id of processIds()) {
    const parent = Number(
      readProcess(id, "stat")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
    children.set(parent, [...(children.get(parent) ?? []), Number(id)]);
  }
  const found = [...(children.get(root) ?? [])];
  for (const id of found) found.push(...(children.get(id) ?? []));
  return found;
}

/** What jobs of this server are left running is ended with it: they see its private /var/lib. */
function endJobs(folder: string): void {
  const mount = `${folder.replace(/^.*\/(?=tare-sshd-)/, "/")}/var-lib `;
  for (const id of processIds())
    if (readProcess(id, "mountinfo").includes(mount)) kill(Number(id), "SIGKILL");
}

function readCommand(pid: number): string {
  return readProcess(pid, "comm");
}

function kill(pid: number, signal: NodeJS.Signals): void {
  if (existsSync(`/proc/${pid}`)) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}
