// The way between the hosts, from what their route tables and facts say.
import { expect, test } from "vitest";
import { networkPathOf, pathRemarks, readRoute } from "#shared/facts/network-path.ts";
import type { Facts } from "#shared/model/facts.ts";
import { sampleFacts } from "../sample-facts.ts";

function nic(name: string, change: Partial<Facts["nics"][number]> = {}): Facts["nics"][number] {
  return {
    name,
    driver: null,
    mac: null,
    addresses: [],
    up: true,
    speedMbps: 10_000,
    duplex: null,
    mtu: 1500,
    queues: { rx: 1, tx: 1 },
    offloads: [],
    node: null,
    irqs: [],
    master: null,
    ...change,
  };
}

test.each([
  ["198.18.0.1 dev data0 src 198.18.0.2 uid 0 \\    cache ", { interface: "data0", via: null }],
  [
    "198.18.9.1 via 198.18.0.254 dev eth1 src 198.18.0.2 uid 0 \\    cache ",
    { interface: "eth1", via: "198.18.0.254" },
  ],
  [
    "local 127.0.0.1 dev lo table local src 127.0.0.1 uid 0 \\    cache <local> ",
    { interface: "lo", via: null },
  ],
  ["198.18.0.1 via inet6 fe80::1 dev eth0 src 198.18.0.2", { interface: "eth0", via: "fe80::1" }],
  ["", { interface: null, via: null }],
  ["RTNETLINK answers: Network is unreachable", { interface: null, via: null }],
])("%s", (text, route) => {
  expect(readRoute(text)).toEqual(route);
});

test("the capacity is the lesser speed, and a bridge's that of its ports", () => {
  const route = (name: string) => ({ interface: name, via: null });
  const path = networkPathOf(
    { sut: route("br0"), loadgen: route("eth0") },
    {
      sut: sampleFacts({
        nics: [nic("br0", { speedMbps: null }), nic("eth0", { master: "br0", speedMbps: 25_000 })],
      }),
      loadgen: sampleFacts({ bootId: "another", nics: [nic("eth0")] }),
    },
  );
  expect(path).toEqual({
    loadgenInterface: "eth0",
    sutInterface: "br0",
    via: null,
    capacityMbps: 10_000,
    mtu: { loadgen: 1500, sut: 1500 },
    sameMachine: false,
    loopback: false,
  });
  expect(pathRemarks(path)).toEqual([]);
});

test("an MTU that differs and a speed that is not known are remarks", () => {
  const lo = { interface: "lo", via: null };
  const path = networkPathOf(
    { sut: lo, loadgen: lo },
    {
      sut: sampleFacts({ nics: [nic("lo", { speedMbps: null, mtu: 65_536 })] }),
      loadgen: sampleFacts({ nics: [nic("lo", { speedMbps: null, mtu: 9000 })] }),
    },
  );
  expect(path).toMatchObject({ capacityMbps: null, sameMachine: true, loopback: true });
  expect(pathRemarks(path)).toEqual([
    expect.stringContaining("9000 bytes on lo of the load generator, 65536 on lo"),
    expect.stringContaining("The capacity of the data network is not known"),
  ]);
});
