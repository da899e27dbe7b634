// The files that make two hosts of one tree: written into each host's upper layer before it starts.
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HostRole } from "#shared/model/lab.ts";
import { labScript } from "./assets.ts";
import { runChild } from "./child.ts";
import type { LabKeys } from "./keys.ts";
import type { LabNames } from "./names.ts";

/** Accounts of both hosts besides root; the lab's key opens all of them. */
const accounts = {
  /** May become root through `sudo -n`. */
  sudo: "bench",
  /** May not. */
  plain: "plain",
} as const;

/** Folders that must lie on a real file system; an overlay cannot carry Docker's layers. */
export const realFolders: Readonly<Record<HostRole, readonly string[]>> = {
  sut: ["var/lib/docker", "var/lib/libvirt/images", "var/lib/tare"],
  loadgen: ["var/lib/tare"],
};

export interface HostOptions {
  /** Lines for sshd's configuration that come before the lab's own (the first wins): `MaxSessions 2`. No Match blocks. */
  readonly sshdExtra?: Partial<Record<HostRole, readonly string[]>>;
  /** Lets root and the accounts log in with this password too. */
  readonly password?: string;
}

interface HostFile {
  readonly path: string;
  readonly content: string;
  readonly mode?: number;
}

/** Writes the files of one host and makes its folders. */
export async function writeHostFiles(options: {
  readonly names: LabNames;
  readonly role: HostRole;
  readonly keys: LabKeys;
  readonly hostTree: string;
  readonly host: HostOptions;
}): Promise<void> {
  const { names, role } = options;
  const { folder } = names.hosts[role];
  for (const name of ["root", "work", "upper"]) await mkdir(join(folder, name), { recursive: true });
  for (const place of realFolders[role]) await mkdir(join(folder, "data", place), { recursive: true });
  for (const file of await hostFiles(options)) {
    const path = join(folder, "upper", file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.content);
    await chmod(path, file.mode ?? 0o644);
  }
}

async function hostFiles(options: Parameters<typeof writeHostFiles>[0]): Promise<HostFile[]> {
  const { names, role, keys, hostTree, host } = options;
  const { hostname } = names.hosts[role];
  const id = createHash("sha256").update(`${names.id} ${role}`).digest("hex").slice(0, 32);
  const addresses = Object.values(names.hosts).map(
    (each) => `${each.dataAddress} ${each.hostname} ${each.role}`,
  );
  return [
    { path: "etc/hostname", content: `${hostname}\n` },
    { path: "etc/hosts", content: ["127.0.0.1 localhost", "::1 localhost", ...addresses, ""].join("\n") },
    { path: "etc/machine-id", content: `${id}\n` },
    { path: "etc/apt/sources.list", content: "deb [trusted=yes] copy:/srv/packages ./\n" },
    { path: "etc/sudoers.d/bench", content: `${accounts.sudo} ALL=(ALL) NOPASSWD: ALL\n`, mode: 0o440 },
    { path: "etc/ssh/sshd_lab.conf", content: sshdConfiguration(role, host) },
    { path: "etc/ssh/lab_host_key", content: keys.host[role].secret, mode: 0o600 },
    { path: "etc/ssh/lab_authorized_keys", content: keys.client.open },
    ...(host.password === undefined ? [] : [await shadowFile(hostTree, host.password)]),
    ...(role === "sut" ? await sutFiles() : []),
  ];
}

async function sutFiles(): Promise<HostFile[]> {
  const services = await readFile(labScript("sut-services.sh"), "utf8");
  return [
    { path: "usr/local/sbin/lab-services", content: services, mode: 0o755 },
    {
      path: "etc/libvirt/qemu.conf",
      // Neither a login daemon nor labels exist here, and files of guests belong to root.
      content: [
        'user = "root"',
        'group = "root"',
        "dynamic_ownership = 0",
        "remember_owner = 0",
        'security_driver = "none"',
        'hugetlbfs_mount = "/dev/hugepages"',
        "",
      ].join("\n"),
    },
    { path: "etc/docker/daemon.json", content: `${JSON.stringify({ "data-root": "/var/lib/docker" })}\n` },
  ];
}

function sshdConfiguration(role: HostRole, host: HostOptions): string {
  const byPassword = host.password !== undefined;
  return [
    ...(host.sshdExtra?.[role] ?? []),
    "Port 22",
    "HostKey /etc/ssh/lab_host_key",
    "PidFile none",
    "AuthorizedKeysFile /etc/ssh/lab_authorized_keys .ssh/authorized_keys",
    `PermitRootLogin ${byPassword ? "yes" : "prohibit-password"}`,
    `PasswordAuthentication ${byPassword ? "yes" : "no"}`,
    "KbdInteractiveAuthentication no",
    "UsePAM no",
    "UseDNS no",
    "MaxStartups 100",
    "Subsystem sftp internal-sftp",
    "",
  ].join("\n");
}

/** The tree's password file, with the password set for root and the accounts. */
async function shadowFile(hostTree: string, password: string): Promise<HostFile> {
  const { stdout } = await runChild(["openssl", "passwd", "-6", "-stdin"], { stdin: `${password}\n` });
  const users = new Set<string>(["root", ...Object.values(accounts)]);
  const lines = (await readFile(join(hostTree, "etc/shadow"), "utf8")).split("\n").map((line) => {
    const fields = line.split(":");
    if (!users.has(fields[0] ?? "")) return line;
    return [fields[0], stdout.trim(), ...fields.slice(2)].join(":");
  });
  return { path: "etc/shadow", content: lines.join("\n"), mode: 0o640 };
}
