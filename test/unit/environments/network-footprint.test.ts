// What a networking mode takes of the machines, against what its environment would really do.
import { expect, test } from "vitest";
import { networkFootprint } from "#shared/environments/network-footprint.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type { Configuration, DockerConfiguration, KvmConfiguration } from "#shared/model/configuration.ts";
import { networkChoiceOf } from "#shared/model/network-choice.ts";
import { portUses } from "#shared/plan/port-uses.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import { sampleContext, sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";
import { dockerNat, kvm, native } from "../sample-campaign.ts";

const docker = (network: DockerConfiguration["network"]): Configuration => ({
  ...(dockerNat as DockerConfiguration),
  network,
});
const guest = (mode: KvmConfiguration["network"]["mode"]): Configuration => ({
  ...kvm,
  network: { mode, vhost: "auto" },
});
const all: readonly Configuration[] = [
  native,
  docker({ mode: "host" }),
  docker({ mode: "nat" }),
  docker({ mode: "nat", userlandProxy: true }),
  docker({ mode: "nat", userlandProxy: false }),
  docker({ mode: "macvlan" }),
  guest("bridge"),
  guest("direct"),
  guest("user"),
];
const uses = portUses(
  [...presetConditions("redis", "quick"), ...presetConditions("netperf", "quick")],
  workloads,
);

test("ports of the workloads, each once, with who uses it", () => {
  expect(uses.map(({ port, protocol, workloads: users }) => `${port}/${protocol} ${users.join()}`))
    .toMatchInlineSnapshot(`
    [
      "6479/tcp Redis",
      "12965/tcp netperf",
      "12966/tcp netperf",
      "12966/udp netperf",
    ]
  `);
  expect(portUses(presetConditions("stream", "quick"), workloads)).toEqual([]);
});

test.each(all)(
  "the changes that are told are those that $environment makes for $network",
  (configuration) => {
    const kinds = ["bridge", "sysctl", "docker-network", "docker-proxy"];
    for (const lab of [sampleLab, { ...sampleLab, guest: { ...sampleLab.guest, bridge: "br0" } }]) {
      const context = sampleContext(configuration, { lab });
      const made = environmentOf(configuration)
        .changes(context)
        .map(({ kind }) => kind);
      const told = networkFootprint(networkChoiceOf(configuration), lab, context.facts, uses).changes;
      expect(told.map(({ kind }) => kind)).toEqual(made.filter((kind) => kinds.includes(kind)));
    }
  },
);

test.each(all)(
  "ports are told where the load generator looks for $environment, $network",
  (configuration) => {
    const context = sampleContext(configuration);
    const { ports } = networkFootprint(networkChoiceOf(configuration), sampleLab, context.facts, uses);
    const served = ports.filter(({ port }) => port !== 5190);
    expect(served.map(({ port }) => port)).toEqual(uses.map(({ port }) => port));
    const address = environmentOf(configuration).serverAddress(context);
    expect(new Set(served.map((each) => each.address))).toEqual(new Set([address]));
  },
);

test("what Docker publishes and QEMU forwards is what the table says", () => {
  const ports = uses.map(({ port, protocol }) => ({ port, protocol }));
  const texts = (configuration: Configuration) =>
    environmentOf(configuration)
      .changes(sampleContext(configuration, { ports }))
      .flatMap(({ apply }) => apply.flatMap(({ argv, stdin = "" }) => [...argv, stdin]))
      .join("\n");
  for (const { port, protocol, address, by } of networkFootprint(
    networkChoiceOf(docker({ mode: "nat" })),
    sampleLab,
    null,
    uses,
  ).ports) {
    expect(by).toBe("published by Docker");
    expect(texts(docker({ mode: "nat" }))).toContain(`${address}:${port}:${port}/${protocol}`);
  }
  for (const { port, protocol, address } of networkFootprint(
    networkChoiceOf(guest("user")),
    sampleLab,
    null,
    uses,
  ).ports)
    expect(texts(guest("user"))).toContain(`hostfwd=${protocol}:${address}:${port}-:${port}`);
});

test("addresses that are given, moved and taken back", () => {
  const told = (configuration: Configuration, lab = sampleLab) =>
    networkFootprint(networkChoiceOf(configuration), lab, sampleFacts(), uses).addresses.map(
      ({ address, owner }) => `${address}: ${owner}`,
    );
  expect(told(native)).toEqual([]);
  expect(told(docker({ mode: "macvlan" }))).toEqual(["198.18.4.64/24: the container"]);
  expect(told(guest("bridge"))).toEqual([
    "198.18.4.64/24: the guest",
    "198.18.4.1/24: tare-br0, the SUT's bridge",
  ]);
  expect(told(guest("bridge"), { ...sampleLab, guest: { ...sampleLab.guest, bridge: "br0" } })).toHaveLength(
    1,
  );
});
