// Environments on the demo lab, for test files: the userland and the kernels are there, and environments can be started.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { startEnvironment, type StartOptions } from "#main/environments/start-environment.ts";
import { ensureUserland, type Userland } from "#main/environments/userland.ts";
import { createChangeIds } from "#main/hosts/change-ids.ts";
import { createChanger, type Changer } from "#main/hosts/changes.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { kernelCommand, kernelSources } from "#main/workloads/kernels.ts";
import { connectGuest } from "#main/ssh/connect-guest.ts";
import { connectHost, type HostMachine } from "#main/ssh/connect-host.ts";
import { changeScripts, type Scripts } from "#shared/changes/script.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { environmentScripts } from "#shared/environments/names.ts";
import { userlandImageChange } from "#shared/environments/userland-image.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import {
  configurationSchema,
  type Configuration,
  type KvmConfiguration,
} from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { type TestLab, withDemoLab } from "./lab.ts";

const kernelFolder = "/var/lib/tare/kernels/test";

export interface EnvironmentsWorld {
  readonly lab: TestLab;
  readonly sut: HostMachine;
  readonly loadgen: HostMachine;
  readonly userland: Userland;
  readonly facts: Facts;
  readonly changer: Changer;
  /** A folder on this computer; it goes with the world. */
  readonly folder: string;
  readonly signal: AbortSignal;
  contextOf(configuration: Configuration): EnvironmentContext;
  startOptions(context: EnvironmentContext): StartOptions;
  /** All that an environment could leave on the SUT. Docker's own network namespace and the journal's log may stay. */
  traces(): Promise<string>;
  /**
   * Starts the environment, uses it from inside and from the load generator, and stops it: nothing is left.
   * Fails the test where one of these does not hold.
   */
  serves(configuration: Configuration): Promise<void>;
}

/** Brings up a lab with the userland, its image and some kernels for the test file. Call at the top; the world is there inside tests. */
export function withEnvironments(): { readonly world: EnvironmentsWorld } {
  const place = withDemoLab();
  const ended = new AbortController();
  let folder: string | undefined;
  let world: EnvironmentsWorld | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tare-environments-"));
    world = await startWorld(place.lab, folder, ended.signal);
  }, 300_000);
  afterAll(async () => {
    await world?.sut.close();
    await world?.loadgen.close();
    ended.abort();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  return {
    get world() {
      if (world === undefined) throw new Error("The environments are there inside tests only.");
      return world;
    },
  };
}

async function startWorld(lab: TestLab, folder: string, signal: AbortSignal): Promise<EnvironmentsWorld> {
  const silent = { signal, onProgress: () => undefined };
  const knownHostsPath = join(folder, "known_hosts");
  await writeFile(knownHostsPath, `${lab.demo.hostKeys.join("\n")}\n`);
  const connect = (role: HostRole) =>
    connectHost(lab.demo.lab[role], role, {
      ask: () => Promise.reject(new Error("nobody is there to be asked")),
      knownHostsPath,
      otherKnownHosts: [],
      signal,
    });
  const [sut, loadgen, another] = [await connect("sut"), await connect("loadgen"), await connect("sut")];
  const [userland, second] = await Promise.all([
    ensureUserland(sut, { kind: "build" }, silent),
    ensureUserland(another, { kind: "build" }, silent),
  ]);
  await another.close();
  expect(userland).toEqual(second);
  const facts = await probeFacts(sut, { signal });
  const names = [...changeScripts, ...environmentScripts];
  const scripts: Scripts & EnvironmentContext["scripts"] = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await sut.script(name, signal)] as const)),
  );
  const changer = createChanger(sut, {
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

  const contextOf: EnvironmentsWorld["contextOf"] = (configuration) => ({
    campaignId: "test",
    slot: configuration.id,
    configuration,
    lab: lab.demo.lab,
    facts,
    userlandFolder: userland.folder,
    kernelFolder,
    dataFolder: "/var/lib/tare/data",
    scripts,
    ports: [{ port: 6379, protocol: "tcp" }],
    accelerator: configuration.environment === "kvm" ? "tcg" : "none",
  });
  const startOptions: EnvironmentsWorld["startOptions"] = (context) => ({
    context,
    sut,
    changer,
    connectGuest: (to, until) => connectGuest(sut, { ...to, signal: until }),
    ...silent,
  });
  const traces = () => tracesOn(lab);
  const parts = { lab, sut, loadgen, userland, facts, changer, folder, signal };
  return {
    ...parts,
    contextOf,
    startOptions,
    traces,
    async serves(configuration) {
      const before = await traces();
      const environment = await startEnvironment(startOptions(contextOf(configuration)));
      const inside = async (...argv: string[]) => {
        const { status, stdout, stderr } = await environment.machine.run(environment.enter(argv), { signal });
        return { status, stdout, stderr };
      };
      try {
        expect((await inside("cat", "/etc/os-release")).stdout).toContain(
          `PRETTY_NAME="${userland.release}"`,
        );
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
        await serveRedis(loadgen, environment, signal);
      } finally {
        await environment.stop(signal);
      }
      expect(await traces()).toBe(before);
    },
  };
}

async function tracesOn(lab: TestLab): Promise<string> {
  const script = `
    grep -v ' /run/docker/netns/default ' /proc/mounts
    docker container ls --all --quiet; docker image ls --quiet; docker network ls --format '{{.Name}}'
    sha256sum /etc/docker/daemon.json; ls /etc/docker; virsh --connect qemu:///system list --all --name
    ip -br link | cut -d ' ' -f 1 | sort; ip -4 -o address show; ip -4 route | sed 's/ linkdown//'
    find /var/lib/tare /var/log/libvirt/qemu /var/lib/libvirt/images -mindepth 1 ! -path '/var/lib/tare/userland/*' \
      ! -path '/var/lib/tare/changes*' ! -path /var/lib/tare/undo-all.sh ! -path /var/lib/tare/data ! -path /var/lib/tare/made \
      ! -path /var/lib/tare/jobs
    cat /proc/sys/net/bridge/bridge-nf-call-iptables /proc/sys/vm/nr_hugepages /sys/kernel/mm/transparent_hugepage/enabled`;
  const { status, stdout, stderr } = await lab.ssh("sut", script);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

async function serveRedis(
  loadgen: HostMachine,
  environment: Awaited<ReturnType<typeof startEnvironment>>,
  signal: AbortSignal,
): Promise<void> {
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

export function preset(id: string, change: object = {}): Configuration {
  const found = configurationPresets.find(({ configuration }) => configuration.id === id);
  return configurationSchema.parse({ ...found?.configuration, ...change });
}

/** A guest that is small enough for two at a time. */
export function guest(
  id: string,
  machine: Partial<KvmConfiguration["machine"]>,
  change: object = {},
): Configuration {
  const base = preset(id) as KvmConfiguration;
  return { ...base, ...change, machine: { ...base.machine, memoryMiB: 640, ...machine } };
}
