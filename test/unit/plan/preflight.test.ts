// The preflight of machines: a fresh Debian, a complete one, an Arm server, one without root; and the lines of its mends.
import { expect, test } from "vitest";
import { toolNames } from "#shared/facts/software-facts.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import { environments } from "#shared/environments/registry.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { hostMendSchema, mendPackages } from "#shared/model/mend.ts";
import { workloadNames } from "#shared/model/workload.ts";
import { copyKeyMend, joinedInstall } from "#shared/plan/host-mends.ts";
import { preflight } from "#shared/plan/preflight.ts";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import { kvm, native, sampleCampaign } from "../sample-campaign.ts";
import { armServer, serverFacts, twoSocketsServer } from "../../fixtures/servers.ts";
import { sampleFacts } from "../sample-facts.ts";

const lab: Lab = {
  ...sampleCampaign().lab,
  sut: { ...sampleCampaign().lab.sut, dataAddress: "198.18.0.1", become: "root" },
  loadgen: { ...sampleCampaign().lab.loadgen, dataAddress: "198.18.0.2", become: "root" },
  userland: { kind: "build" },
};

const nothing: Facts["tools"] = Object.fromEntries(toolNames.map((name) => [name, null]));
const base = { flock: "flock 2.38", setsid: "setsid 2.38", iproute2: "ip 6.1" };
const everything: Facts["tools"] = Object.fromEntries(toolNames.map((name) => [name, `${name} 1`]));

/** Debian as it is installed: no compiler, no tools, no engines. */
function fresh(machine: "sut" | "loadgen", change: Partial<Facts> = {}): Facts {
  return sampleFacts({
    machine,
    hostname: machine,
    tools: { ...nothing, ...base },
    cHeaders: false,
    docker: null,
    libvirt: null,
    qemu: null,
    vhostNet: false,
    ...change,
  });
}

function complete(machine: "sut" | "loadgen", change: Partial<Facts> = {}): Facts {
  const [nic] = serverFacts(twoSocketsServer, machine).nics;
  return sampleFacts({
    machine,
    hostname: machine,
    tools: everything,
    cHeaders: true,
    nics: nic === undefined ? [] : [nic],
    memory: { ...sampleFacts().memory, availableBytes: 200 * 2 ** 30 },
    ...change,
  });
}

const ofRole = (role: "sut" | "loadgen", checks: readonly PreflightCheck[]) =>
  checks.filter((check) => check.role === role);
const notOk = (checks: readonly PreflightCheck[]) =>
  checks.filter(({ status }) => status !== "ok").map(({ id, status }) => `${id}: ${status}`);
const byId = (checks: readonly PreflightCheck[], id: string) => {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
};

test("a complete machine has nothing against it", () => {
  const checks = preflight({ lab, facts: { sut: complete("sut"), loadgen: complete("loadgen") } });
  expect(notOk(checks)).toEqual([]);
  expect(checks.every(({ mend }) => mend === null)).toBe(true);
});

test("a fresh Debian lacks what the README names, and one mend installs all of it", () => {
  const checks = preflight({ lab, facts: { sut: fresh("sut"), loadgen: fresh("loadgen") } });
  const [sut, loadgen] = [ofRole("sut", checks), ofRole("loadgen", checks)];
  expect(joinedInstall(sut.map(({ mend }) => mend))?.packages).toEqual([
    "gcc",
    "libc6-dev",
    "ethtool",
    "mmdebstrap",
    "docker.io",
    "libvirt-daemon-system",
    "libvirt-daemon-driver-qemu",
    "libvirt-clients",
    "qemu-system-x86",
    "qemu-utils",
    "e2fsprogs",
  ]);
  expect(
    joinedInstall(loadgen.map(({ mend }) => mend))
      ?.packages.filter((name) => !["gcc", "libc6-dev", "ethtool"].includes(name))
      .toSorted(),
  ).toEqual(["netperf", "nuttcp", "sysbench"]);
  expect(byId(sut, "gcc")).toMatchObject({ status: "missing", neededBy: ["every run"] });
  expect(byId(sut, "docker")).toMatchObject({ status: "missing", neededBy: ["Docker"] });
  expect(byId(sut, "vhost").mend).toEqual({ kind: "module", module: "vhost_net" });
  expect(byId(loadgen, "sysbench").neededBy).toEqual(["MySQL"]);
  // Debian 12 has it in non-free.
  expect(byId(loadgen, "netperf").text).toContain("non-free");
});

test("every mend that Tare makes is one that the core takes, and every tool of a workload has a package", () => {
  const conditions = workloadNames.flatMap((name) => presetConditions(name, "as run"));
  const checks = preflight({ lab, facts: { sut: fresh("sut"), loadgen: fresh("loadgen") }, conditions });
  for (const { mend } of checks)
    if (mend !== null && mend.kind !== "copy") expect(hostMendSchema.parse(mend)).toEqual(mend);
  const tools = new Set(
    workloadNames.flatMap((name) =>
      presetConditions(name, "as run").flatMap(({ parameters }) => {
        const workload = workloads[name];
        return workload.needs(workload.parameters.parse(parameters)).loadgenTools;
      }),
    ),
  );
  for (const tool of tools)
    expect(byId(ofRole("loadgen", checks), tool).mend).toMatchObject({ kind: "install" });
  expect(byId(ofRole("loadgen", checks), "redis-benchmark").mend).toEqual({
    kind: "install",
    packages: ["redis-tools"],
  });
});

test("only what was chosen is asked for", () => {
  const checks = preflight({
    lab,
    facts: { sut: fresh("sut"), loadgen: fresh("loadgen") },
    environments: ["docker"],
    conditions: presetConditions("nuttcp", "quick"),
  });
  expect(checks.some(({ id }) => id === "libvirt" || id === "kvm" || id === "netperf")).toBe(false);
  expect(byId(checks, "nuttcp").neededBy).toEqual(["nuttcp"]);
});

test("the words on Docker and KVM are those that refuse the cells", () => {
  const facts = fresh("sut");
  const checks = preflight({ lab, facts: { sut: facts, loadgen: null } });
  const texts = ["libvirt", "qemu", "qemu-img", "mke2fs"].map((id) => byId(checks, id).text);
  const errors = environments.kvm.check(kvm, facts).filter(({ field }) => field === "environment");
  expect(errors.map(({ text }) => text)).toEqual(texts);
  expect(environments.native.check(native, facts)).toEqual([]);
  expect(ofRole("loadgen", checks)).toMatchObject([{ id: "facts", status: "unknown" }]);
});

test("on an Arm server guests are refused for good, and Docker is not", () => {
  const checks = preflight({
    lab,
    facts: { sut: serverFacts(armServer, "sut"), loadgen: serverFacts(armServer, "loadgen") },
  });
  expect(byId(checks, "architecture")).toMatchObject({ status: "missing", neededBy: ["KVM"], mend: null });
  expect(byId(checks, "docker").status).toBe("ok");
  expect(checks.some(({ id }) => id === "qemu")).toBe(false);
});

test("without root there are lines to copy instead of a button", () => {
  const facts = fresh("sut", { root: { user: "bench", uid: 1000, sudo: false } });
  const host = { ...lab.sut, user: "bench", become: "sudo" as const };
  const checks = preflight({ lab: { ...lab, sut: host }, facts: { sut: facts, loadgen: null } });
  expect(byId(checks, "root").mend).toMatchObject({
    kind: "copy",
    lines: ["bench ALL=(root) NOPASSWD: ALL", "visudo -cf /etc/sudoers.d/tare"],
  });
  expect(byId(checks, "gcc").mend).toMatchObject({ kind: "copy" });
  const odd = fresh("sut", { root: { user: "a.b%c", uid: 1001, sudo: false } });
  const again = preflight({ lab: { ...lab, sut: host }, facts: { sut: odd, loadgen: null } });
  expect(byId(again, "root").mend).toMatchObject({
    lines: ["#1001 ALL=(root) NOPASSWD: ALL", "visudo -cf /etc/sudoers.d/tare"],
  });
  // sudo is there, and the lab says that the account is root: nothing to install, something to choose.
  const granted = fresh("sut", { root: { user: "bench", uid: 1000, sudo: true } });
  const chosen = preflight({ lab, facts: { sut: granted, loadgen: null } });
  expect(byId(chosen, "root")).toMatchObject({ status: "missing", mend: null });
});

test("services that do not answer are started by what starts services there", () => {
  const stopped = (init: string) =>
    complete("sut", {
      init,
      docker: {
        version: "1",
        storageDriver: "overlay2",
        userlandProxy: null,
        cgroupDriver: null,
        running: false,
      },
      libvirt: { version: "1", running: false },
    });
  const mends = (init: string) => {
    const checks = preflight({ lab, facts: { sut: stopped(init), loadgen: null } });
    return [byId(checks, "docker").mend, byId(checks, "libvirt").mend];
  };
  expect(mends("systemd")).toEqual([
    { kind: "start", service: "docker", manager: "systemctl" },
    { kind: "start", service: "libvirtd", manager: "systemctl" },
  ]);
  expect(mends("init")[0]).toEqual({ kind: "start", service: "docker", manager: "service" });
});

test("elsewhere than on Debian and Ubuntu packages are named, not installed; release 13 has Docker's client apart", () => {
  const fedora = preflight({
    lab,
    facts: { sut: fresh("sut", { os: "Fedora Linux 41 (Server Edition)" }), loadgen: null },
  });
  expect(byId(fedora, "gcc").mend).toMatchObject({ kind: "copy", lines: ["gcc", "libc6-dev"] });
  expect(byId(fedora, "userland")).toMatchObject({ status: "missing", mend: null });
  const trixie = preflight({
    lab,
    facts: { sut: fresh("sut", { os: "Debian GNU/Linux 13 (trixie)" }), loadgen: null },
  });
  expect(byId(trixie, "docker").mend).toEqual({ kind: "install", packages: ["docker.io", "docker-cli"] });
});

test("what makes figures worse is a warning", () => {
  const { memory, cpu } = sampleFacts();
  const checks = preflight({
    lab,
    facts: {
      sut: complete("sut", {
        clockSource: "hpet",
        cpu: { ...cpu, governor: "powersave", hypervisor: "KVM", flags: ["vmx"] },
        memory: { ...memory, swapTotalBytes: 2 ** 30, swapUsedBytes: 2 ** 20 },
        kvm: { present: false, usable: false, reason: "/dev/kvm does not exist on this machine." },
      }),
      loadgen: complete("loadgen"),
    },
    conditions: presetConditions("stream", "as described"),
  });
  expect(notOk(checks)).toEqual([
    "kvm: warning",
    "room-STREAM: missing",
    "hypervisor: warning",
    "clock: warning",
    "governor: warning",
    "swap: warning",
  ]);
  expect(byId(checks, "kvm").mend).toEqual({ kind: "module", module: "kvm_intel" });
});

test("a data address that no interface has is missing, one on an interface that is down too", () => {
  const [nic] = complete("sut").nics;
  if (nic === undefined) throw new Error("there is an interface");
  const of = (nics: Facts["nics"]) =>
    byId(preflight({ lab, facts: { sut: complete("sut", { nics }), loadgen: null } }), "data-address");
  expect(of([]).text).toBe("No interface of sut carries 198.18.0.1.");
  expect(of([{ ...nic, up: false }]).status).toBe("missing");
  expect(of([{ ...nic, speedMbps: null }]).status).toBe("warning");
});

test("the line that puts a key on a host can be pasted", () => {
  expect(
    copyKeyMend({ ...lab.sut, auth: { kind: "key", path: "~/.ssh/lab key" }, port: 2222 }).lines,
  ).toEqual([`ssh-copy-id -i ~/'.ssh/lab key.pub' -p 2222 ${lab.sut.user}@${lab.sut.address}`]);
});

test("the packages that may be installed are in the README", async () => {
  const { readFile } = await import("node:fs/promises");
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const part = readme.slice(readme.indexOf("## What the machines need"), readme.indexOf("## Command line"));
  expect(mendPackages.filter((name) => !part.includes(`\`${name}\``))).toEqual([]);
});
