// What a campaign could leave on a lab's hosts, as text, and an account of every program that a job really started.
import { expect } from "vitest";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";
import type { TestLab } from "../lab.ts";

/**
 * Settings that all labs of this machine share, such as huge pages, are not looked at: other tests may be busy with them.
 * Userland and kernels are kept between campaigns, and so are the script that undoes and the log of what was undone.
 */
const describe = `
export LC_ALL=C
section() { echo "== $1"; }
if command -v docker >/dev/null; then
  section containers; docker ps --all --format '{{.Names}}'
  section images; docker images --format '{{.Repository}}:{{.Tag}}'
  section volumes; docker volume ls --quiet
  section networks; docker network ls --format '{{.Name}} {{.Driver}}' | sort
  section guests; virsh --connect qemu:///system list --all --name
  section guest-networks; virsh --connect qemu:///system net-list --all --name
  section firewall; iptables-save | grep -v '^[#:]' | sed 's/\\[[0-9:]*\\]//' | sort
fi
section addresses; ip -brief address | awk '{ $2 = ""; print }' | sed 's/ fe80:[^ ]*//; s/ *$//'
section routes; ip route show table all | grep -v -e fe80: -e ff00: -e linkdown | sort
section mounts; awk '$2 !~ "^/run/docker/netns" { print $2, $3 }' /proc/mounts
section files
find /var/lib/tare /tmp -mindepth 1 -not -path '/var/lib/tare/userland*' -not -path '/var/lib/tare/kernels*' \\
  -not -path /var/lib/tare/undo-all.sh -not -path /var/lib/tare/lock.flock -not -path '/var/lib/tare/changes' \\
  -not -path '/var/lib/tare/changes/log' -not -path /var/lib/tare/changes/.lock \\
  -not -path /var/lib/tare/jobs -not -path /var/lib/tare/data | sort
section processes
processes=$(ps -e -o args=)
echo "$processes" | grep -v -e '^sshd' -e '^ps ' -e '^\\[' -e '^sh -s' -e '^bash -c' -e containerd | sort | uniq -c
section settings
sysctl net.core.somaxconn net.ipv4.ip_forward net.ipv4.tcp_rmem
`;

export interface HostsAsTheyAre {
  readonly sut: string;
  readonly loadgen: string;
}

export async function describeHosts(lab: TestLab): Promise<HostsAsTheyAre> {
  const [sut, loadgen] = await Promise.all(hostRoles.map((role) => describeHost(lab, role)));
  return { sut: sut ?? "", loadgen: loadgen ?? "" };
}

async function describeHost(lab: TestLab, role: HostRole): Promise<string> {
  const { status, stdout, stderr } = await lab.ssh(role, "sh -s", { stdin: describe });
  if (status !== 0) throw new Error(`The host ${role} could not be looked at: ${stderr}`);
  return stdout;
}

/** A process that was just ended may be seen for a moment. `but`: lines that may be there. */
export async function expectHosts(lab: TestLab, toBe: HostsAsTheyAre, but?: RegExp): Promise<void> {
  const look = async () => {
    const { sut, loadgen } = await describeHosts(lab);
    return { sut: without(sut, but), loadgen: without(loadgen, but) };
  };
  await expect.poll(look, { timeout: 15_000, interval: 500 }).toEqual(toBe);
}

function without(text: string, lines: RegExp | undefined): string {
  return text
    .split("\n")
    .filter((line) => lines?.test(line) !== true)
    .join("\n");
}

const account = "/var/log/tare-test-starts";

/**
 * Makes both hosts write down each program that a job starts, before it starts: `setsid` is what every job's program
 * goes through. This account knows nothing of Tare's own journal.
 */
export async function keepAccountOfStarts(lab: TestLab): Promise<void> {
  const wrapper = `#!/bin/sh
[ "$3" != enter ] || echo "$4" >>${account}
exec /usr/bin/setsid.real "$@"
`;
  const line = `[ -e /usr/bin/setsid.real ] || { mv /usr/bin/setsid /usr/bin/setsid.real; cat >/usr/bin/setsid; chmod 755 /usr/bin/setsid; }; : >${account}`;
  for (const role of hostRoles) {
    const { status, stderr } = await lab.ssh(role, line, { stdin: wrapper });
    if (status !== 0) throw new Error(`The account of starts on ${role} could not be kept: ${stderr}`);
  }
}

/** How often the measured program of each run was really started on the two hosts, whatever the attempt. */
export async function measureStarts(lab: TestLab, campaignId: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const role of hostRoles) {
    const { stdout } = await lab.ssh(role, `cat ${account}`);
    for (const id of stdout.split("\n")) {
      const match = /^(.+)\/(.+)\.\d+\.measure\.\d+$/.exec(id);
      if (match?.[1] !== campaignId || match[2] === undefined) continue;
      counts.set(match[2], (counts.get(match[2]) ?? 0) + 1);
    }
  }
  return counts;
}
