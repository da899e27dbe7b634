// Mends of real hosts: a package that was taken off a host's own layer comes back with apt, a daemon that was stopped is started.
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCore, type Core } from "#main/core.ts";
import { mendLab } from "#main/hosts/mend.ts";
import { rootFolder } from "#main/installation.ts";
import { usualScripts } from "#main/hosts/usual-scripts.ts";
import { pathsOf } from "#main/paths.ts";
import { acquireLock } from "#main/ssh/lock.ts";
import type { MendEvent } from "#shared/contract/labs.ts";
import { commandText } from "#shared/model/command.ts";
import { toFailure } from "#shared/model/error.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { HostMend } from "#shared/model/mend.ts";
import { mendCommand, mendLines } from "#shared/plan/mend-command.ts";
import { preflight } from "#shared/plan/preflight.ts";
import { withDemoLab } from "./lab.ts";

const fixture = withDemoLab();
const { signal } = new AbortController();
let core: Core;
let data = "";

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "tare-mend-"));
  const paths = pathsOf({ TARE_DATA: data }, rootFolder);
  await copyFile(fixture.lab.knownHosts, paths.knownHosts);
  core = createCore({ paths, version: "0" });
  await core.labs.save(fixture.lab.demo.lab);
});
afterAll(async () => {
  await core.close();
  await rm(data, { recursive: true, force: true });
});

async function onHost(role: HostRole, line: string): Promise<string> {
  const { status, stdout, stderr } = await fixture.lab.ssh(role, line);
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
  return stdout.trim();
}

async function mended(role: HostRole, mend: HostMend): Promise<MendEvent[]> {
  const events: MendEvent[] = [];
  for await (const event of mendLab(core, { labId: fixture.lab.demo.lab.id, role, mend }, signal))
    events.push(event);
  return events;
}

const printed = (events: readonly MendEvent[]) =>
  events.flatMap((event) => (event.kind === "line" ? [event.text] : []));
const end = (events: readonly MendEvent[]) => events.find(({ kind }) => kind === "ended");
const checkOf = async (role: HostRole, id: string) => {
  const { lab } = fixture.lab.demo;
  const facts = await core.labs.facts(lab.id);
  return preflight({ lab, facts }).find((check) => check.role === role && check.id === id);
};

test("a tool that is missing is found by the probe, installed as it was shown, and found again", async () => {
  await onHost("loadgen", "dpkg --remove nuttcp");
  // The first mend has nothing to do with it: it is the probe after it that sees nuttcp gone.
  expect(end(await mended("loadgen", { kind: "install", packages: ["gcc"] }))).toMatchObject({ ok: true });
  const missing = await checkOf("loadgen", "nuttcp");
  expect(missing).toMatchObject({
    status: "missing",
    mend: { kind: "install", packages: ["nuttcp"] },
  });

  const mend: HostMend = { kind: "install", packages: ["nuttcp"] };
  const events = await mended("loadgen", mend);
  const lines = printed(events);
  const shown = commandText(mendCommand(mend, usualScripts("root"))).split("\n");
  expect(lines.slice(0, shown.length)).toEqual(shown);
  expect(lines.filter((line) => line.startsWith("+ "))).toEqual(mendLines(mend).map((line) => `+ ${line}`));
  expect(lines.every((line) => !line.includes("\r"))).toBe(true);
  expect(end(events)).toMatchObject({ ok: true });
  expect(await onHost("loadgen", "command -v nuttcp")).toBe("/usr/bin/nuttcp");
  expect(await checkOf("loadgen", "nuttcp")).toMatchObject({ status: "ok" });
  // Nothing of it stays but what was installed: no job, no lock.
  expect(await onHost("loadgen", "ls /var/lib/tare/jobs; ls /var/lib/tare")).not.toMatch(
    /[0-9a-f]{16}|^lock$/m,
  );
});

test("what no package source offers is named, and the rest is installed", async () => {
  await onHost("loadgen", "dpkg --remove nuttcp");
  const events = await mended("loadgen", { kind: "install", packages: ["nuttcp", "docker-cli"] });
  expect(printed(events).at(-1)).toBe("No package source of this host offers: docker-cli");
  expect(end(events)).toMatchObject({ ok: false });
  expect(await onHost("loadgen", "command -v nuttcp")).toBe("/usr/bin/nuttcp");
});

test("a daemon of init scripts is started, answers, and is no part of the job that started it", async () => {
  // Debian's own script for libvirtd is in a package of its own, which the lab does not have.
  await onHost(
    "sut",
    `printf '#!/bin/sh\\n[ "$1" = start ] && exec setsid libvirtd --daemon\\n' >/etc/init.d/libvirtd
    chmod 755 /etc/init.d/libvirtd
    kill "$(pgrep -x libvirtd)"
    while pgrep -x libvirtd >/dev/null; do sleep 0.1; done`,
  );
  const events = await mended("sut", { kind: "start", service: "libvirtd", manager: "service" });
  expect(printed(events)).toContain("+ service libvirtd start");
  expect(end(events)).toMatchObject({ ok: true });
  expect(events.at(-1)).toMatchObject({ kind: "probed", facts: { sut: { libvirt: { running: true } } } });
  expect(
    await onHost("sut", "tr '\\0' '\\n' </proc/$(pgrep -x libvirtd)/environ | grep -c TARE_JOB || true"),
  ).toBe("0");
});

test("a mend that fails says so with what was printed, and the host is probed all the same", async () => {
  const events = await mended("sut", { kind: "module", module: "vhost_net" });
  const there = await onHost("sut", "test -e /dev/vhost-net && echo yes || echo no");
  // A namespace has no modules of its own; where the machine has this one, loading it does nothing.
  if (there === "no") expect(end(events)).toMatchObject({ ok: false });
  expect(printed(events)).toContain("+ modprobe vhost_net");
  expect(events.at(-1)).toMatchObject({ kind: "probed" });
});

test("while a campaign measures there nothing is mended, and it is said who measures", async () => {
  const machine = await core.connect(fixture.lab.demo.lab, "loadgen", signal);
  const release = await acquireLock(machine, { token: "c-night", label: "Night run", signal });
  const failure = await mended("loadgen", { kind: "install", packages: ["gcc"] }).catch(toFailure);
  expect(failure).toMatchObject({ code: "HOST_BUSY" });
  expect(failure).toMatchObject({ message: expect.stringContaining("Night run") as unknown });
  await release();
  await machine.close();
});

test("looking away leaves the package manager to finish, and keeps campaigns out until it has", async () => {
  const { lab } = fixture.lab.demo;
  // dpkg is held up by a lock that the test has, as by another package manager.
  await onHost("loadgen", "dpkg --remove nuttcp");
  await onHost(
    "loadgen",
    `rm -f /run/held; setsid perl -e 'use Fcntl; open F, ">>", "/var/lib/dpkg/lock-frontend" or die;
      my $l = pack("s s l! l! i", F_WRLCK, 0, 0, 0, 0); fcntl(F, F_SETLK, $l) or die;
      open H, ">", "/run/held"; sleep 600' >/dev/null 2>&1 </dev/null &
    echo $! >/run/holder; while [ ! -e /run/held ]; do sleep 0.1; done`,
  );
  const away = new AbortController();
  const watching = (async () => {
    const mend: HostMend = { kind: "install", packages: ["nuttcp"] };
    for await (const event of mendLab(core, { labId: lab.id, role: "loadgen", mend }, away.signal))
      // What mend.sh says before it runs apt: apt itself does not always tell that it waits for the lock.
      if (event.kind === "line" && /^\+ apt-get .* install nuttcp$/.test(event.text)) away.abort();
  })();
  await expect(watching).rejects.toThrow();
  const machine = await core.connect(lab, "loadgen", signal);
  const other = { token: "c-night", label: "Night run", signal };
  await expect(acquireLock(machine, other)).rejects.toMatchObject({
    failure: { code: "HOST_BUSY", message: expect.stringContaining("Mend: Install nuttcp") as unknown },
  });
  // Another mend waits its turn, too: it would give the host free while the first one works.
  await expect(mended("loadgen", { kind: "install", packages: ["gcc"] })).rejects.toMatchObject({
    failure: { code: "HOST_BUSY", message: expect.stringContaining("Mend: Install nuttcp") as unknown },
  });
  await onHost("loadgen", "kill $(cat /run/holder)");
  // The same mend finds the job that goes on, or that it has ended, and ends well.
  expect(end(await mended("loadgen", { kind: "install", packages: ["nuttcp"] }))).toMatchObject({ ok: true });
  expect(await onHost("loadgen", "command -v nuttcp")).toBe("/usr/bin/nuttcp");
  await (
    await acquireLock(machine, other)
  )();
  await machine.close();
});
