// Environments on the demo lab: the userland built there, each environment started, used from inside and outside, removed.
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureGuestImage } from "#main/environments/guest-image.ts";
import { startEnvironment, type StartOptions } from "#main/environments/start-environment.ts";
import { ensureUserland, type Userland } from "#main/environments/userland.ts";
import { createChangeIds } from "#main/hosts/change-ids.ts";
import { createChanger, type Changer } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { kernelCommand, kernelSources } from "#main/workloads/kernels.ts";
import { connectGuest } from "#main/ssh/connect-guest.ts";
import { connectHost, type HostMachine } from "#main/ssh/connect-host.ts";
import { changeScripts } from "#shared/changes/script.ts";
import { containerArguments } from "#shared/environments/container-arguments.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { guestDomainXml } from "#shared/environments/guest.ts";
import { environmentScripts, sessionFolder } from "#shared/environments/names.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { userlandImageChange } from "#shared/environments/userland-image.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import {
  configurationSchema,
  type Configuration,
  type DockerConfiguration,
  type KvmConfiguration,
} from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { anyDockerConfiguration, anyKvmConfiguration } from "../fixtures/any-configuration.ts";
import { sampleContext } from "../fixtures/sample-sut.ts";
import { run, withDemoLab } from "./lab.ts";

const place = withDemoLab();
const ended = new AbortController();
const { signal } = ended;
const silent = { signal, onProgress: () => undefined };
const kernelFolder = "/var/lib/tare/kernels/test";
let folder = "";
let sut: HostMachine;
let loadgen: HostMachine;
let userland: Userland;
let facts: Facts;
let scripts: EnvironmentContext["scripts"];
let changer: Changer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tare-environments-"));
  sut = await connect("sut");
  loadgen = await connect("loadgen");
  const another = await connect("sut");
  const [first, second] = await Promise.all([
    ensureUserland(sut, { kind: "build" }, silent),
    ensureUserland(another, { kind: "build" }, silent),
  ]);
  await another.close();
  expect(first).toEqual(second);
  userland = first;
  facts = await probeFacts(sut, { signal });
  scripts = Object.fromEntries(
    await Promise.all(
      [...changeScripts, ...environmentScripts].map(
        async (name) => [name, await sut.script(name, signal)] as const,
      ),
    ),
  );
  changer = createChanger(sut, {
    campaignId: "test",
    append: () => Promise.resolve(),
    nextId: createChangeIds([]),
    now: () => new Date(),
  });
  // As a campaign does: once for all sessions, which then find it there and leave it alone.
  await changer.apply(userlandImageChange(userland.folder, scripts), signal);
  const build = await sut.script("build-kernels.sh", signal);
  const needed: readonly string[] = ["answer", "first-answer", "device-claim"];
  for (const source of (await kernelSources()).sources.filter(({ name }) => needed.includes(name)))
    expect(await sut.run(kernelCommand(build, kernelFolder, source), { signal })).toMatchObject({
      status: 0,
    });
  await sut.writeFile(`${kernelFolder}/hello`, '#!/bin/sh\nprintf "%s|" "$@"\n', { mode: 0o755, signal });
}, 300_000);

afterAll(async () => {
  await Promise.all([sut, loadgen].map((machine) => machine?.close()));
  ended.abort();
  await rm(folder, { recursive: true, force: true });
});

async function connect(role: HostRole): Promise<HostMachine> {
  const knownHostsPath = join(folder, "known_hosts");
  await writeFile(knownHostsPath, `${place.lab.demo.hostKeys.join("\n")}\n`);
  return connectHost(place.lab.demo.lab[role], role, {
    ask: () => Promise.reject(new Error("nobody is there to be asked")),
    knownHostsPath,
    otherKnownHosts: [],
    signal,
  });
}

function contextOf(configuration: Configuration): EnvironmentContext {
  return {
    campaignId: "test",
    slot: configuration.id,
    configuration,
    lab: place.lab.demo.lab,
    facts,
    userlandFolder: userland.folder,
    kernelFolder,
    dataFolder: "/var/lib/tare/data",
    scripts,
    ports: [{ port: 6379, protocol: "tcp" }],
    accelerator: configuration.environment === "kvm" ? "tcg" : "none",
  };
}

function startOptions(context: EnvironmentContext): StartOptions {
  return {
    context,
    sut,
    changer,
    connectGuest: (guest, until) => connectGuest(sut, { ...guest, signal: until }),
    ...silent,
  };
}

/** All that an environment could leave on the SUT. Docker's own network namespace and the journal's log may stay. */
async function traces(): Promise<string> {
  const script = `
    grep -v ' /run/docker/netns/default ' /proc/mounts
    docker container ls --all --quiet; docker image ls --quiet; docker network ls --format '{{.Name}}'
    sha256sum /etc/docker/daemon.json; ls /etc/docker; virsh --connect qemu:///system list --all --name
    ip -br link | cut -d ' ' -f 1 | sort; ip -4 -o address show; ip -4 route | sed 's/ linkdown//'
    find /var/lib/tare /var/log/libvirt/qemu /var/lib/libvirt/images -mindepth 1 ! -path '/var/lib/tare/userland/*' \
      ! -path '/var/lib/tare/changes*' ! -path /var/lib/tare/undo-all.sh ! -path /var/lib/tare/data ! -path /var/lib/tare/made \
      ! -path /var/lib/tare/jobs
    cat /proc/sys/net/bridge/bridge-nf-call-iptables /proc/sys/vm/nr_hugepages /sys/kernel/mm/transparent_hugepage/enabled`;
  const { status, stdout, stderr } = await place.lab.ssh("sut", script);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

function preset(id: string, change: object = {}): Configuration {
  const found = configurationPresets.find(({ configuration }) => configuration.id === id);
  return configurationSchema.parse({ ...found?.configuration, ...change });
}

function guest(
  id: string,
  machine: Partial<KvmConfiguration["machine"]>,
  change: object = {},
): Configuration {
  const base = preset(id) as KvmConfiguration;
  return { ...base, ...change, machine: { ...base.machine, memoryMiB: 640, ...machine } };
}

const configurations: readonly Configuration[] = [
  preset("native", { pinning: { cpus: "1", memory: { policy: "interleave", nodes: "0" } } }),
  preset("docker-host", { label: `it's "$(touch /tmp/x)" <b>` }),
  preset("docker-nat", { pages: { thp: "never" } }),
  preset("docker-nat-noproxy"),
  preset("docker-macvlan", { pages: { thp: "madvise" } }),
  preset("docker-layer", { pinning: { cpus: "1", memory: { policy: "interleave", nodes: "0" } } }),
  guest("kvm", {}, { label: `it's "$(touch /tmp/x)" <b>` }),
  guest("kvm-untuned", {}),
];

test.each(configurations.map((configuration) => [configuration.id, configuration] as const))(
  "%s: programs run inside, a server is reached from the load generator, and nothing is left",
  async (_id, configuration) => {
    const before = await traces();
    const environment = await startEnvironment(startOptions(contextOf(configuration)));
    const inside = async (...argv: string[]) => {
      const { status, stdout, stderr } = await environment.machine.run(environment.enter(argv), { signal });
      return { status, stdout, stderr };
    };
    try {
      expect((await inside("cat", "/etc/os-release")).stdout).toContain(`PRETTY_NAME="${userland.release}"`);
      expect((await inside("nproc")).stdout.trim()).toBe(String(environment.cpus));
      expect((await inside("/opt/tare/hello", "a b", "$(reboot)")).stdout).toBe("a b|$(reboot)|");
      expect((await inside("false")).status).toBe(1);
      // The SUT cannot reach a container of its own on macvlan.
      if (configuration.network.mode === "macvlan") expect(environment.startUp).toBeNull();
      else expect(environment.startUp?.seconds).toBeGreaterThan(0);
      const fio = [
        "--name=t",
        "--filename=/data/t",
        "--size=8M",
        "--rw=randrw",
        "--direct=1",
        "--ioengine=libaio",
      ];
      const ran = await inside("fio", ...fio, "--runtime=1", "--time_based", "--output-format=json");
      expect(ran).toMatchObject({ status: 0 });
      expect(JSON.parse(ran.stdout)).toMatchObject({ jobs: [{ error: 0 }] });
      await serveRedis(environment);
    } finally {
      await environment.stop(signal);
    }
    expect(await traces()).toBe(before);
  },
);

test("a tuned guest is what was chosen: topology, nodes, huge pages, pins and a second disk", async () => {
  const before = await traces();
  const image = join(folder, "second-disk");
  await writeFile(image, "");
  await truncate(image, 2 ** 26);
  const loop = (await run("losetup", ["--find", "--show", image])).stdout.trim();
  try {
    expect((await place.lab.ssh("sut", `mknod ${loop} b 7 ${loop.replace("/dev/loop", "")}`)).status).toBe(0);
    const device = { path: loop, serial: image };
    const configuration = guest(
      "kvm-best",
      {
        topology: { sockets: 2, cores: 1, threads: 1 },
        numaCells: [
          { cpus: "0", memoryMiB: 320, hostNodes: "0" },
          { cpus: "1", memoryMiB: 320, hostNodes: "0" },
        ],
        vcpuPins: ["0", "1"],
        emulatorPin: "0",
        ioThreadPin: "1",
      },
      {
        pages: { hugePages2M: 330, thp: "always" },
        pinning: { cpus: "0-1", memory: { policy: "bind", nodes: "0" } },
        network: { mode: "bridge", vhost: "off" },
        storage: { format: "qcow2", cache: "none", io: "native", ioThread: true, device },
      },
    );
    const environment = await startEnvironment(startOptions(contextOf(configuration)));
    try {
      const inside = `cat /sys/devices/system/node/online /sys/devices/system/cpu/cpu1/topology/physical_package_id \
        /sys/devices/system/node/node1/cpulist; blockdev --getsize64 /dev/vdb`;
      const seen = await environment.machine.run(environment.enter(["sh", "-c", inside]), { signal });
      expect(seen.stdout.trim().split("\n")).toEqual(["0-1", "1", "1", `${2 ** 26}`]);
      const outside = `grep -h ^HugePages_Free /proc/meminfo
        for task in /proc/$(cat /run/libvirt/qemu/tare-test-kvm-best.pid)/task/*; do
          echo "$(cat $task/comm): $(sed -n 's/^Cpus_allowed_list:.//p' $task/status)"
        done | grep -E 'CPU [0-9]|IO iothread1|qemu-system' | sort -u`;
      const { stdout } = await place.lab.ssh("sut", outside);
      expect(stdout.replaceAll(/ +/g, " ").trim().split("\n")).toEqual([
        "HugePages_Free: 10",
        "CPU 0/TCG: 0",
        "CPU 1/TCG: 1",
        "IO iothread1: 1",
        "qemu-system-x86: 0",
      ]);
    } finally {
      await environment.stop(signal);
    }
  } finally {
    await place.lab.ssh("sut", `rm -f ${loop}`);
    await run("losetup", ["--detach", loop]);
  }
  expect(await traces()).toBe(before);
});

async function serveRedis(environment: Awaited<ReturnType<typeof startEnvironment>>): Promise<void> {
  const redis = ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", ""];
  const id = "test/redis.1.server";
  await environment.machine.jobs.start(id, environment.enter(redis), { timeLimitSeconds: 120, signal });
  const ping = () =>
    loadgen.run({ argv: ["redis-cli", "-h", environment.serverAddress, "ping"] }, { signal });
  await expect.poll(async () => (await ping()).stdout, { timeout: 60_000 }).toBe("PONG\n");
  await environment.machine.jobs.cancel(id, signal);
  expect(await environment.machine.jobs.state(id, signal)).toBe("ended");
  expect((await ping()).status).not.toBe(0);
  await environment.machine.jobs.remove(id, signal);
}

test("a container's job that is cancelled ends inside the container too", async () => {
  const environment = await startEnvironment(startOptions(contextOf(preset("docker-nat"))));
  try {
    const id = "test/sleep.1.measure";
    const command = environment.enter(["sh", "-c", "sleep 7777 & sleep 7777"]);
    await sut.jobs.start(id, command, { timeLimitSeconds: 600, signal });
    const sleeping = async () =>
      (await top(environment.container ?? "")).split("\n").filter((line) => / +sleep 7777$/.test(line))
        .length;
    // Two sleeps, the shell that started them, and the one that passes the end on.
    await expect.poll(sleeping).toBe(4);
    await sut.jobs.cancel(id, signal);
    expect(await sleeping()).toBe(0);
    await sut.jobs.remove(id, signal);
  } finally {
    await environment.stop(signal);
  }
});

async function top(container: string): Promise<string> {
  return (await sut.run({ argv: ["docker", "top", container], root: true }, { signal })).stdout;
}

test("what cannot be started leaves nothing", async () => {
  const before = await traces();
  const absentNode = preset("docker-nat", { pinning: { memory: { policy: "bind", nodes: "7" } } });
  await expect(startEnvironment(startOptions(contextOf(absentNode)))).rejects.toMatchObject({
    code: "CHANGE_FAILED",
  });
  const lab = { ...place.lab.demo.lab, guest: { ...place.lab.demo.lab.guest, bridge: "absent0" } };
  const context = { ...contextOf(guest("kvm", {})), lab };
  await expect(startEnvironment(startOptions(context))).rejects.toMatchObject({ code: "CHANGE_FAILED" });
  // The lab's hosts have a /dev of their own, in which no node of macvtap appears; the check says so before.
  const direct = guest("kvm", {}, { network: { mode: "direct", vhost: "off" } });
  expect(environmentOf(direct).check(direct, facts)).toContainEqual(
    expect.objectContaining({ severity: "error", field: "network.mode" }),
  );
  await expect(startEnvironment(startOptions(contextOf(direct)))).rejects.toMatchObject({
    failure: { detail: expect.stringContaining("/dev/tap") as string },
  });
  expect(await traces()).toBe(before);
});

test("a guest that ends while it boots is told with its last words, and leaves nothing", async () => {
  const before = await traces();
  const options = startOptions(contextOf(guest("kvm", {})));
  const spoiling: StartOptions["changer"] = {
    undoAll: changer.undoAll,
    apply: async (change, until) => {
      const record = await changer.apply(change, until);
      if (change.kind === "file") await place.lab.ssh("sut", `truncate -s 1000 ${change.target}/initrd`);
      return record;
    },
  };
  await expect(startEnvironment({ ...options, changer: spoiling })).rejects.toMatchObject({
    failure: { code: "TOOL_FAILED", detail: expect.stringContaining("Kernel panic") as string },
  });
  expect(await traces()).toBe(before);
});

test("libvirt takes the domain XML of any configuration", async () => {
  const virsh = async (machine: RemoteMachine, stdin: string, ...argv: string[]) =>
    machine.run({ argv: ["virsh", "--connect", "qemu:///system", ...argv], root: true, stdin }, { signal });
  await fc.assert(
    // A host without /dev/kvm takes no domain of type kvm at all.
    fc.asyncProperty(anyKvmConfiguration, fc.boolean(), async (configuration, emulated) => {
      const accelerator = emulated || !facts.kvm.present ? "tcg" : "kvm";
      const context = sampleContext({ ...configuration, id: "any" }, { accelerator });
      const defined = await virsh(sut, guestDomainXml(context), "define", "--validate", "/dev/stdin");
      expect(defined).toMatchObject({ status: 0 });
      const name = "tare-2026-01-02-sample-abc-any";
      expect(await virsh(sut, "", "undefine", name)).toMatchObject({ status: 0 });
    }),
    { numRuns: 40 },
  );
});

test("Docker takes the arguments of every container that the check lets through", async () => {
  const docker = (...argv: string[]) => sut.run({ argv: ["docker", ...argv], root: true }, { signal });
  const context = (configuration: DockerConfiguration) => ({
    ...contextOf({ ...configuration, id: "any" }),
    configuration,
  });
  const anyContainer = anyDockerConfiguration.filter((configuration) =>
    environmentOf(configuration)
      .check(configuration, facts, place.lab.demo.lab)
      .every(({ severity }) => severity !== "error"),
  );
  const folderOfAny = sessionFolder(context(preset("docker-host") as DockerConfiguration));
  await place.lab.ssh("sut", `mkdir -p ${folderOfAny}`);
  await fc.assert(
    fc.asyncProperty(anyContainer, async (configuration) => {
      const own = context(configuration);
      // Made and not started: a start needs the session's network, and its ports free.
      expect(
        await docker("create", "--name", "tare-test-any", "--label", "tare", ...containerArguments(own)),
      ).toMatchObject({ status: 0 });
      expect(await docker("rm", "tare-test-any")).toMatchObject({ status: 0 });
    }),
    { numRuns: 25 },
  );
  await place.lab.ssh("sut", `rmdir ${folderOfAny}`);
});

test("an archive is a userland too; without a kernel in it no guest can be made of it, and that is said", async () => {
  const archive = "/var/lib/tare/a'b $(x).tar";
  const { status } = await place.lab.ssh(
    "sut",
    `tar -C ${userland.root} -cf "/var/lib/tare/a'b \\$(x).tar" .`,
  );
  expect(status).toBe(0);
  const unpacked = await ensureUserland(sut, { kind: "archive", path: archive }, silent);
  expect(unpacked).toMatchObject({ release: userland.release });
  expect(unpacked.folder).not.toBe(userland.folder);
  const look = await place.lab.ssh(
    "sut",
    `diff -rq --no-dereference ${userland.root}/usr ${unpacked.root}/usr`,
  );
  expect(look).toEqual({ status: 0, stdout: "", stderr: "" });
  await expect(ensureGuestImage(sut, unpacked.folder, "raw", silent)).rejects.toMatchObject({
    code: "UNSUPPORTED",
  });
  await expect(ensureUserland(sut, { kind: "archive", path: "/no such.tar" }, silent)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
