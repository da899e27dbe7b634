// Environments on the demo lab: each started, used from inside and outside, removed; what cannot start leaves nothing.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ensureGuestImage } from "#main/environments/guest-image.ts";
import { startEnvironment, type StartOptions } from "#main/environments/start-environment.ts";
import { ensureUserland } from "#main/environments/userland.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { containerArguments } from "#shared/environments/container-arguments.ts";
import { guestDomainXml } from "#shared/environments/guest.ts";
import { sessionFolder } from "#shared/environments/names.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type { Configuration, DockerConfiguration } from "#shared/model/configuration.ts";
import { anyDockerConfiguration, anyKvmConfiguration } from "../fixtures/any-configuration.ts";
import { sampleContext } from "../fixtures/sample-sut.ts";
import { guest, preset, withEnvironments } from "./environments-world.ts";

const here = withEnvironments();

const configurations: readonly Configuration[] = [
  preset("native", { pinning: { cpus: "1", memory: { policy: "interleave", nodes: "0" } } }),
  preset("docker-host", { label: `it's "$(touch /tmp/x)" <b>` }),
  preset("docker-nat-noproxy"),
  preset("docker-layer", { pinning: { cpus: "1", memory: { policy: "interleave", nodes: "0" } } }),
  guest("kvm", {}, { label: `it's "$(touch /tmp/x)" <b>` }),
  guest("kvm-untuned", {}),
];

test.each(configurations.map((configuration) => [configuration.id, configuration] as const))(
  "%s: programs run inside, a server is reached from the load generator, and nothing is left",
  (_id, configuration) => here.world.serves(configuration),
);

test("a container's job that is cancelled ends inside the container too", async () => {
  const { sut, signal, contextOf, startOptions } = here.world;
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
  const { sut, signal } = here.world;
  return (await sut.run({ argv: ["docker", "top", container], root: true }, { signal })).stdout;
}

test("what cannot be started leaves nothing", async () => {
  const { lab, facts, contextOf, startOptions, traces } = here.world;
  const before = await traces();
  const absentNode = preset("docker-nat", { pinning: { memory: { policy: "bind", nodes: "7" } } });
  await expect(startEnvironment(startOptions(contextOf(absentNode)))).rejects.toMatchObject({
    code: "CHANGE_FAILED",
  });
  const elsewhere = { ...lab.demo.lab, guest: { ...lab.demo.lab.guest, bridge: "absent0" } };
  const context = { ...contextOf(guest("kvm", {})), lab: elsewhere };
  await expect(startEnvironment(startOptions(context))).rejects.toMatchObject({
    code: "CHANGE_FAILED",
  });
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
  const { lab, changer, contextOf, startOptions, traces } = here.world;
  const before = await traces();
  const options = startOptions(contextOf(guest("kvm", {})));
  const spoiling: StartOptions["changer"] = {
    undoAll: changer.undoAll,
    apply: async (change, until) => {
      const record = await changer.apply(change, until);
      if (change.kind === "file") await lab.ssh("sut", `truncate -s 1000 ${change.target}/initrd`);
      return record;
    },
  };
  await expect(startEnvironment({ ...options, changer: spoiling })).rejects.toMatchObject({
    failure: { code: "TOOL_FAILED", detail: expect.stringContaining("Kernel panic") as string },
  });
  expect(await traces()).toBe(before);
});

test("libvirt takes the domain XML of any configuration", async () => {
  const { sut, facts, signal } = here.world;
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
  const { lab, sut, facts, signal, contextOf } = here.world;
  const docker = (...argv: string[]) => sut.run({ argv: ["docker", ...argv], root: true }, { signal });
  const context = (configuration: DockerConfiguration) => ({
    ...contextOf({ ...configuration, id: "any" }),
    configuration,
  });
  const anyContainer = anyDockerConfiguration.filter((configuration) =>
    environmentOf(configuration)
      .check(configuration, facts, lab.demo.lab)
      .every(({ severity }) => severity !== "error"),
  );
  const folderOfAny = sessionFolder(context(preset("docker-host") as DockerConfiguration));
  await lab.ssh("sut", `mkdir -p ${folderOfAny}`);
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
  await lab.ssh("sut", `rmdir ${folderOfAny}`);
});

test("an archive is a userland too; without a kernel in it no guest can be made of it, and that is said", async () => {
  const { lab, sut, userland, signal } = here.world;
  const silent = { signal, onProgress: () => undefined };
  const archive = "/var/lib/tare/a'b $(x).tar";
  const { status } = await lab.ssh("sut", `tar -C ${userland.root} -cf "/var/lib/tare/a'b \\$(x).tar" .`);
  expect(status).toBe(0);
  const unpacked = await ensureUserland(sut, { kind: "archive", path: archive }, silent);
  expect(unpacked).toMatchObject({ release: userland.release });
  expect(unpacked.folder).not.toBe(userland.folder);
  const look = await lab.ssh("sut", `diff -rq --no-dereference ${userland.root}/usr ${unpacked.root}/usr`);
  expect(look).toEqual({ status: 0, stdout: "", stderr: "" });
  await expect(ensureGuestImage(sut, unpacked.folder, "raw", silent)).rejects.toMatchObject({
    code: "UNSUPPORTED",
  });
  await expect(ensureUserland(sut, { kind: "archive", path: "/no such.tar" }, silent)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
