// Block devices as the storage of an environment, on the demo lab: a loop device of this machine, shown to its SUT.
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEnvironment, type StartOptions } from "#main/environments/start-environment.ts";
import { ensureUserland, type Userland } from "#main/environments/userland.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { proveDevice } from "#main/hosts/prove-device.ts";
import { connectGuest } from "#main/ssh/connect-guest.ts";
import { connectHost, type HostMachine } from "#main/ssh/connect-host.ts";
import { ensureKernels } from "#main/workloads/kernels.ts";
import { environmentScripts } from "#shared/environments/names.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { changeScripts, type Scripts } from "#shared/changes/script.ts";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { surroundingsOf } from "#shared/plan/run-commands.ts";
import { bindCondition, presetConditions } from "#shared/workloads/registry.ts";
import { changerOf, openJournal } from "../fixtures/change-host.ts";
import { canMakeLoops, type LoopDevices, loopDevices } from "../fixtures/loop-devices.ts";
import { withDemoLab } from "./lab.ts";

describe.skipIf(!canMakeLoops)("a block device as storage (needs loop devices)", () => {
  const place = withDemoLab();
  const ended = new AbortController();
  const { signal } = ended;
  const mebibyte = 2 ** 20;
  let folder = "";
  let loops: LoopDevices;
  let sut: HostMachine;
  let userland: Userland;
  let kernelFolder = "";
  let facts: Facts;
  let scripts: Scripts;
  let campaigns = 0;

  beforeAll(async () => {
    loops = loopDevices();
    folder = await mkdtemp(join(tmpdir(), "tare-devices-"));
    const knownHostsPath = join(folder, "known_hosts");
    await writeFile(knownHostsPath, `${place.lab.demo.hostKeys.join("\n")}\n`);
    sut = await connectHost(place.lab.demo.lab.sut, "sut", {
      ask: () => Promise.reject(new Error("nobody is there to be asked")),
      knownHostsPath,
      otherKnownHosts: [],
      signal,
    });
    userland = await ensureUserland(sut, { kind: "build" }, { signal, onProgress: () => undefined });
    kernelFolder = (await ensureKernels(sut, { signal, only: ["device-claim"] })).folder;
    const names = [...changeScripts, ...environmentScripts];
    scripts = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await sut.script(name, signal)] as const)),
    );
  }, 300_000);
  afterAll(async () => {
    await sut?.close();
    ended.abort();
    await rm(folder, { recursive: true, force: true });
    loops?.remove();
  });

  /** A loop device that the SUT sees too, with 16 MiB. */
  async function attach(): Promise<{ path: string; file: string }> {
    const device = loops.attach();
    await onSut(`mknod ${device.path} b 7 ${device.path.replace(/^.*loop/, "")}`);
    facts = await probeFacts(sut, { signal });
    return device;
  }

  async function onSut(line: string): Promise<string> {
    const { status, stdout, stderr } = await place.lab.ssh("sut", line);
    expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: "" });
    return stdout.trim();
  }

  function start(configuration: Configuration) {
    campaigns += 1;
    const campaignId = `test-${campaigns}`;
    const context: StartOptions["context"] = {
      campaignId,
      slot: configuration.id,
      configuration,
      lab: place.lab.demo.lab,
      facts,
      userlandFolder: userland.folder,
      kernelFolder,
      dataFolder: "/var/lib/tare/data",
      scripts,
      ports: [],
      accelerator: "none",
    };
    const changer = changerOf(sut, openJournal(), campaignId);
    const guest: StartOptions["connectGuest"] = (to, until) => connectGuest(sut, { ...to, signal: until });
    const options = { context, sut, changer, connectGuest: guest, signal, onProgress: () => undefined };
    return { context, starting: startEnvironment(options) };
  }

  function configurationOn(id: "native" | "docker-host", path: string, serial: string): Configuration {
    const preset = configurationPresets.find(({ configuration }) => configuration.id === id);
    const storage = { kind: "device", device: { path, serial } };
    return configurationSchema.parse({ ...preset?.configuration, storage });
  }

  const traces = () =>
    onSut(`docker container ls --all --quiet; docker network ls --quiet --no-trunc | sort
      grep -v ' /run/docker/netns/default ' /proc/mounts; find /var/lib/tare/data -mindepth 1 2>/dev/null; ls /dev`);

  test.each(["native", "docker-host"] as const)(
    "%s: fio measures on the device itself; nothing is left but what it wrote there",
    async (id) => {
      const { path, file } = await attach();
      expect(await proveDevice(sut, path, signal)).toMatchObject({
        serial: file,
        sizeBytes: 16 * mebibyte,
        refusal: null,
      });
      expect(facts.blocks.find(({ name }) => `/dev/${name}` === path)).toMatchObject({ serial: file });
      const configuration = configurationOn(id, path, file);
      const environment = environmentOf(configuration);
      expect(
        environment
          .check(configuration, facts, place.lab.demo.lab)
          .filter(({ severity }) => severity === "error"),
      ).toEqual([]);
      const before = await traces();
      const { context, starting } = start(configuration);
      const running = await starting;
      try {
        for (const condition of presetConditions("fio", "quick")) {
          const parameters = { ...condition.parameters, fileBytes: 8 * mebibyte };
          const bound = bindCondition({ ...condition, parameters });
          const program = bound.program(surroundingsOf(environment, context, ""));
          expect(program.finish).toEqual([]);
          let printed = "";
          for (const step of [...program.prepare, program.measure]) {
            const { status, stdout, stderr } = await sut.run(running.enter(step.argv), { signal });
            expect({ argv: step.argv, status, stderr }).toEqual({ argv: step.argv, status: 0, stderr: "" });
            printed = stdout;
          }
          expect(bound.parse({ stdout: printed, stderr: "" }).measurements.length).toBeGreaterThan(0);
        }
      } finally {
        await running.stop(signal);
      }
      const written = readFileSync(file);
      expect(written.subarray(0, 8 * mebibyte).some((byte) => byte !== 0)).toBe(true);
      expect(written.subarray(8 * mebibyte).every((byte) => byte === 0)).toBe(true);
      expect(await traces()).toBe(before);
    },
    120_000,
  );

  test("another serial number, or a device in use, stops a session before its first change, and nothing is written", async () => {
    const { path, file } = await attach();
    const before = await traces();
    const content = readFileSync(file);
    const { starting: wrong } = start(configurationOn("docker-host", path, "S1"));
    await expect(wrong).rejects.toMatchObject({
      code: "CHANGE_FAILED",
      message: expect.stringContaining(`is "${file}", and "S1" was typed`) as string,
    });
    expect(readFileSync(file).equals(content)).toBe(true);
    await onSut(`mke2fs -q -t ext4 ${path} && mkdir /tmp/mounted && mount ${path} /tmp/mounted`);
    const { starting: used } = start(configurationOn("native", path, file));
    await expect(used).rejects.toMatchObject({
      code: "CHANGE_FAILED",
      message: expect.stringMatching(
        /it is mounted at \/tmp\/mounted; it holds a file system \(ext4\)/,
      ) as string,
    });
    facts = await probeFacts(sut, { signal });
    const told = configurationOn("native", path, file);
    expect(environmentOf(told).check(told, facts)).toEqual([
      {
        severity: "error",
        field: "storage.device.path",
        text: `${path} is not free: it is mounted at /tmp/mounted, holds ext4.`,
      },
    ]);
    await onSut("umount /tmp/mounted && rmdir /tmp/mounted");
    expect(await traces()).toBe(before);
  });
});
