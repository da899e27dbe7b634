// Which mend a host can have: Tare's own where it may work as root on Debian or Ubuntu, else the lines for a person.
import { debianRelease } from "../environments/program-needs.ts";
import type { Facts } from "../model/facts.ts";
import type { Host } from "../model/lab.ts";
import type { CopyMend, HostMend, InstallMend, Mend, MendPackage } from "../model/mend.ts";
import { commandText } from "../model/command.ts";
import { mendLines } from "./mend-command.ts";

/** Whether the account of the lab can do root's work, as the lab says how. */
export function hasRoot(host: Host, { root }: Facts): boolean {
  return host.become === "root" ? root.uid === 0 : root.sudo || root.uid === 0;
}

/** Whether apt installs packages there by the names that Tare knows. */
export function installsPackages({ os }: Facts): boolean {
  return /^(Debian|Ubuntu)\b/.test(os);
}

/** The mend itself, or without root on the host its commands to be run by somebody who has it. */
export function mendOn(host: Host, facts: Facts, mend: HostMend): Mend {
  if (hasRoot(host, facts)) return mend;
  return { kind: "copy", how: `As root on ${facts.hostname}:`, lines: mendLines(mend) };
}

export function installOn(host: Host, facts: Facts, packages: readonly MendPackage[]): Mend {
  if (installsPackages(facts)) return mendOn(host, facts, { kind: "install", packages: [...packages] });
  return {
    kind: "copy",
    how: `Install on ${facts.hostname}, with the package manager of ${facts.os}, what it has under these names of Debian's packages:`,
    lines: packages,
  };
}

export function startOn(host: Host, facts: Facts, service: "docker" | "libvirtd"): Mend {
  const manager = facts.init === "systemd" ? "systemctl" : "service";
  return mendOn(host, facts, { kind: "start", service, manager });
}

/** Where packages come from that are not in every release's main component; null where nothing need be said. */
export function sourceRemark(name: MendPackage, facts: Facts): string | null {
  if (name !== "netperf") return null;
  const release = debianRelease(facts);
  if (release !== null)
    return release >= 13
      ? null
      : "Debian has netperf in its main component since 13, before that in non-free: that component must be among the host's package sources.";
  return /^Ubuntu\b/.test(facts.os)
    ? "Ubuntu has netperf in multiverse: that component must be among the host's package sources."
    : null;
}

/** The line that grants `sudo -n`, where to put it, and how to see that it is right. */
export function sudoMend(facts: Facts): CopyMend {
  const { user, uid } = facts.root;
  // In sudoers some characters of a login name have a meaning; the number never has.
  const who = /^[a-z_][a-z0-9_-]*$/i.test(user) ? user : `#${uid}`;
  return {
    kind: "copy",
    how: `As root on ${facts.hostname}, put the first line into /etc/sudoers.d/tare with visudo -f /etc/sudoers.d/tare, see that the second finds no error, and check again. It lets ${user} run everything as root without a password.`,
    lines: [`${who} ALL=(root) NOPASSWD: ALL`, "visudo -cf /etc/sudoers.d/tare"],
  };
}

/** The line that lets a key log in where the server refused it, with OpenSSH's own program on this computer. */
export function copyKeyMend(host: Host): CopyMend {
  const { address, port, user, auth, jump } = host;
  const argv = [
    "ssh-copy-id",
    ...(auth.kind === "key" ? ["-i", `${auth.path}.pub`] : []),
    ...(port === 22 ? [] : ["-p", String(port)]),
    ...(jump === undefined ? [] : ["-o", `ProxyJump=${jump.user}@${jump.address}:${jump.port}`]),
    `${user}@${address}`,
  ];
  return {
    kind: "copy",
    how: "Where the account has a password, this puts the public key on the host, on this computer in a terminal:",
    // A home folder is for the shell to find.
    lines: [
      commandText({ argv })
        .replace(/'~\/([A-Za-z0-9_@%+=:,./-]+)'/, "~/$1")
        .replace("'~/", "~/'"),
    ],
  };
}

/** One mend that installs what all of them do; null where there are less than two. */
export function joinedInstall(mends: readonly (Mend | null)[]): InstallMend | null {
  const installs = mends.filter((mend) => mend?.kind === "install");
  if (installs.length < 2) return null;
  return { kind: "install", packages: [...new Set(installs.flatMap(({ packages }) => packages))] };
}
