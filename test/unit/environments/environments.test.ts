// What each environment would do and run: the texts of a preview, which are the texts of the execution.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { docker } from "#shared/environments/docker.ts";
import { kvm } from "#shared/environments/kvm.ts";
import { native } from "#shared/environments/native.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { changeSchema } from "#shared/model/change.ts";
import { configurationSchema, type DockerConfiguration } from "#shared/model/configuration.ts";
import { commandText } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";
import { anyConfiguration } from "../../fixtures/any-configuration.ts";
import { dockerNat, kvm as kvmConfiguration, native as nativeConfiguration } from "../sample-campaign.ts";
import { sampleContext, sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";

const titles = (configuration: Parameters<typeof environmentOf>[0] & typeof nativeConfiguration) =>
  environmentOf(configuration)
    .changes(sampleContext(configuration))
    .map(({ title }) => title);

test("natively a program runs in the userland, pinned by numactl inside it", () => {
  const configuration = {
    ...nativeConfiguration,
    pinning: { cpus: "0-1", memory: { policy: "interleave" as const, nodes: "0" } },
  };
  if (configuration.environment !== "native") throw new Error("not native");
  const command = native.enter(sampleContext(configuration), ["fio", "--name=a b"]);
  expect(commandText(command)).toMatchInlineSnapshot(`
    "# as root
    sh /root/.cache/tare/native-enter.sh /var/lib/tare/userland/0123abcd/root /var/lib/tare/data/tare-2026-01-02-sample-abc-native /var/lib/tare/kernels/4567 -- numactl --physcpubind=0-1 --interleave=0 -- fio '--name=a b'"
  `);
});

test("a container publishes the workloads' ports on the data address only, and mounts its folder and the kernels", () => {
  const container = docker.changes(sampleContext(dockerNat as DockerConfiguration)).at(-1);
  expect(container?.apply.map(commandText)[0]).toMatchInlineSnapshot(`
    "# as root
    sh /root/.cache/tare/start-up.sh /var/lib/tare/kernels/4567 20 1 - 198.18.4.1 5190 -- docker run -d --name tare-2026-01-02-sample-abc-docker-nat --label tare --label tare.campaign=2026-01-02-sample-abc --label tare.slot=docker-nat --pull never --restart no --network bridge --publish 198.18.4.1:6379:6379/tcp --publish 198.18.4.1:5101:5101/udp --publish 198.18.4.1:5190:5190/tcp --mount type=bind,source=/var/lib/tare/data/tare-2026-01-02-sample-abc-docker-nat,target=/data --mount type=bind,source=/var/lib/tare/kernels/4567,target=/opt/tare,readonly tare-userland:0123abcd /bin/sh -c '[ ! -x /opt/tare/answer ] || /opt/tare/answer 5190 announce & trap '\\''exit 0'\\'' TERM; while :; do sleep 3600 & wait $!; done'"
  `);
});

test("a container's programs hand their job's mark in, so that ending the job ends them", () => {
  const command = docker.enter(sampleContext(dockerNat as DockerConfiguration), ["true"]);
  expect(commandText(command)).toMatchInlineSnapshot(`
    "# as root
    docker exec --interactive --env TARE_JOB --workdir /data tare-2026-01-02-sample-abc-docker-nat /usr/local/lib/tare/run true"
  `);
});

function dockerWith(memory: DockerConfiguration["pinning"]["memory"]) {
  const context = sampleContext({ ...(dockerNat as DockerConfiguration), pinning: { cpus: "1", memory } });
  const run = docker.changes(context).at(-1)?.apply[0]?.argv ?? [];
  return {
    cpuset: run.filter((_, index) => /^--cpuset|^--cap-add/.test(run[index - 1] ?? "")),
    inside: docker.enter(context, ["true"]).argv.slice(9),
  };
}

test("Docker binds memory by cpuset and leaves interleaving to numactl inside, which needs SYS_NICE", () => {
  expect(dockerWith({ policy: "bind", nodes: "0" })).toEqual({ cpuset: ["1", "0"], inside: ["true"] });
  expect(dockerWith({ policy: "interleave", nodes: "0" })).toEqual({
    cpuset: ["1", "SYS_NICE"],
    inside: ["numactl", "--interleave=0", "--", "true"],
  });
});

/** A Docker configuration's changes: titles, and the options of its container that differ from the plain ones. */
function dockerChanges(change: Partial<DockerConfiguration>) {
  const context = sampleContext({ ...(dockerNat as DockerConfiguration), id: "d", ...change });
  const changes = docker.changes(context);
  const plain = docker.changes(
    sampleContext({
      ...(dockerNat as DockerConfiguration),
      id: "d",
      network: { mode: "host" },
      storage: { kind: "layer" },
    }),
  );
  const usual = new Set(plain.at(-1)?.apply[0]?.argv);
  return {
    titles: changes.map(({ title }) => title),
    options: changes.at(-1)?.apply[0]?.argv.filter((argument) => !usual.has(argument)),
    address: docker.serverAddress(context),
    apply: changes.map(({ kind, apply }) => `${kind}: ${apply.map(commandText).join("; ")}`),
  };
}

test("macvlan: a network on the data interface, and the lab's guest address and its MAC for the container", () => {
  const { apply, options, address } = dockerChanges({
    network: { mode: "macvlan" },
    storage: { kind: "layer" },
  });
  expect(apply.at(-2)).toMatchInlineSnapshot(`
    "docker-network: # as root
    docker network create --driver macvlan --label tare --subnet 198.18.4.0/24 --gateway 198.18.4.2 --opt parent=data0 tare-2026-01-02-sample-abc-d"
  `);
  // The network's name is the container's own.
  expect(options).toEqual(["--ip", "198.18.4.64", "--mac-address", "52:54:00:12:04:40"]);
  expect(address).toBe("198.18.4.64");
});

test("the userland proxy is set before there is an image or a container, which a restart would disturb", () => {
  const { titles } = dockerChanges({ network: { mode: "nat", userlandProxy: false } });
  expect(titles).toEqual([
    "Turn Docker's userland proxy off and restart its daemon, where it is not off already",
    "Import /var/lib/tare/userland/0123abcd/root as Docker image tare-userland:0123abcd",
    "Make /var/lib/tare/data/tare-2026-01-02-sample-abc-d",
    "Run container tare-2026-01-02-sample-abc-d",
  ]);
  expect(dockerChanges({ network: { mode: "nat" } }).titles).toHaveLength(3);
});

test("a block device is proven before anything else, in every environment, and shown under its own path", () => {
  const device = { path: "/dev/nvme1n1", serial: "S 1" };
  const { titles, options } = dockerChanges({
    network: { mode: "host" },
    storage: { kind: "device", device },
  });
  expect(options).toEqual(["--device", "/dev/nvme1n1:/dev/nvme1n1:rw"]);
  const proof = `Prove that nothing uses /dev/nvme1n1 and that its serial number is S 1, before it is overwritten`;
  expect(titles[0]).toBe(proof);
  if (kvmConfiguration.environment !== "kvm") throw new Error("not kvm");
  const others = [
    configurationSchema.parse({ ...nativeConfiguration, storage: { kind: "device", device } }),
    configurationSchema.parse({ ...kvmConfiguration, storage: { ...kvmConfiguration.storage, device } }),
  ];
  for (const configuration of others) {
    const [first] = environmentOf(configuration).changes(sampleContext(configuration));
    expect(first).toMatchObject({ title: proof, lasting: false, undo: [] });
    expect(first?.apply.map(commandText)).toEqual([
      "# as root\nsh /root/.cache/tare/device.sh prove /dev/nvme1n1 /var/lib/tare/kernels/4567/device-claim 'S 1'",
    ]);
  }
  expect(others.map((configuration) => environmentOf(configuration).device(configuration))).toEqual([
    "/dev/nvme1n1",
    "/dev/vdb",
  ]);
});

test("Docker NAT with a data address that is a name is refused before anything is done", () => {
  const sut = { ...sampleLab.sut, dataAddress: "sut.example" };
  const context = sampleContext(dockerNat as DockerConfiguration, { lab: { ...sampleLab, sut } });
  expect(() => docker.changes(context)).toThrow(TareError);
});

test("interrupts of the data interface are placed in every environment, on what carries it where it is a bridge", () => {
  const facts = sampleFacts();
  const [nic] = facts.nics;
  if (nic === undefined) throw new Error("the sample has an interface");
  const irqs = [{ irq: 24, cpus: "0-1" }];
  const bridged = [
    { ...nic, name: "br0" },
    ...["eth2", "eth3"].map((name) => ({ ...nic, name, addresses: [], irqs, master: "br0" })),
  ];
  for (const plain of [nativeConfiguration, dockerNat, kvmConfiguration]) {
    const configuration = { ...plain, pinning: { ...plain.pinning, nicIrqs: "1,0" } };
    const placed = (change: Partial<EnvironmentContext>) =>
      environmentOf(configuration)
        .changes(sampleContext(configuration, change))
        .filter(({ kind }) => kind === "irq-affinity")
        .map(({ target, wanted }) => `${target} ${wanted}`);
    expect(placed({})).toEqual(["interrupts of data0 0-1"]);
    expect(placed({ facts: { ...facts, nics: bridged } })).toEqual([
      "interrupts of eth2 0-1",
      "interrupts of eth3 0-1",
    ]);
    expect(
      environmentOf(plain)
        .changes(sampleContext(plain))
        .some(({ kind }) => kind === "irq-affinity"),
    ).toBe(false);
    expect(() => placed({ facts: { ...facts, nics: [] } })).toThrow(/Name the data interface/);
  }
});

test("a guest is given a bridge over the interface that carries the data address, then its files, then its start", () => {
  expect(titles(kvmConfiguration)).toEqual([
    "Make bridge tare-br0 over data0 and move its IPv4 addresses and routes to it",
    "Keep bridged frames out of iptables (net.bridge.bridge-nf-call-iptables = 0)",
    "Make /var/lib/tare/data/tare-2026-01-02-sample-abc-kvm",
    "Define and start guest tare-2026-01-02-sample-abc-kvm",
  ]);
});

test("a lab's own bridge is used as it is", () => {
  if (kvmConfiguration.environment !== "kvm") throw new Error("not kvm");
  const lab = { ...sampleLab, guest: { ...sampleLab.guest, bridge: "br7" } };
  const changes = kvm.changes(sampleContext(kvmConfiguration, { lab }));
  expect(changes.map(({ kind }) => kind)).not.toContain("bridge");
  expect(JSON.stringify(changes.at(-1))).toContain("br7");
});

test("whatever the schema lets through: changes are valid, allowed as root, and hold the label in the title of the XML alone", () => {
  const mark = "\u{1f40b}whale";
  fc.assert(
    fc.property(anyConfiguration, (any) => {
      const configuration = configurationSchema.parse({
        ...any,
        label: `${any.label.slice(0, 100)} ${mark}`,
      });
      const environment = environmentOf(configuration);
      const context = sampleContext(configuration);
      const changes = environment.changes(context);
      for (const change of changes) expect(changeSchema.safeParse(change).success).toBe(true);
      const enter = environment.enter(context, ["program", "$(reboot)"]);
      expect(enter.argv.slice(-2)).toEqual(["program", "$(reboot)"]);
      const onHost = environment.machine === "sut" ? [enter] : [];
      const commands = changes.flatMap(({ probe, apply, undo }) => [probe, ...apply, ...undo]).concat(onHost);
      for (const command of commands) {
        expect(rootRefusal(command, "/root/.cache/tare")).toBeNull();
        expect(command.argv.join("\n")).not.toContain(mark);
      }
      const inputs = commands.map(({ stdin = "" }) => stdin.replace(/<title>.*<\/title>/, ""));
      expect(inputs.join("\n")).not.toContain(mark);
    }),
  );
});
