// Both ends of the data network side by side: rows, what differs, and what is remarked.
import { expect, test } from "vitest";
import { networkEnds } from "#shared/facts/network-ends.ts";
import type { Nic } from "#shared/facts/data-nic.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";

const [plain] = sampleFacts().nics;
if (plain === undefined) throw new Error("the sample has an interface");
const all = [
  "generic-receive-offload",
  "generic-segmentation-offload",
  "tcp-segmentation-offload",
  "rx-gro-hw",
];

function ends(sut: Partial<Nic> | null, loadgen: Partial<Nic> | null, lab = sampleLab) {
  const facts = (machine: "sut" | "loadgen", address: string, nic: Partial<Nic> | null) =>
    nic === null
      ? null
      : sampleFacts({
          machine,
          bootId: machine,
          hostname: machine,
          nics: [{ ...plain, addresses: [address], offloads: all, ...nic } as Nic],
        });
  return networkEnds(lab, {
    sut: facts("sut", "198.18.4.1/24", sut),
    loadgen: facts("loadgen", "198.18.4.2/24", loadgen),
  });
}

test("equal ends differ in nothing and are not remarked on", () => {
  const found = ends({}, {});
  expect(found?.remarks).toEqual([]);
  expect([...(found?.rows ?? []), ...(found?.offloads ?? [])].filter(({ differs }) => differs)).toEqual([]);
  expect(found?.offloads.map(({ title, sut }) => `${title}: ${sut}`)).toMatchInlineSnapshot(`
    [
      "TCP segmentation (TSO): on",
      "generic segmentation (GSO): on",
      "generic receive (GRO): on",
      "large receive (LRO): off",
      "checksums of received packets: off",
      "checksums of sent packets: off",
      "scatter-gather: off",
    ]
  `);
  expect(found?.others).toEqual([{ title: "rx-gro-hw", loadgen: "on", sut: "on", differs: false }]);
});

test("what differs is marked and remarked on", () => {
  const found = ends(
    { mtu: 9000, speedMbps: null, duplex: "half", offloads: all.slice(1) },
    { name: "eth1", driver: "ixgbe", offloads: all.slice(0, 3) },
  );
  expect([...(found?.rows ?? []), ...(found?.offloads ?? [])].filter(({ differs }) => differs)).toEqual([
    { title: "Duplex", loadgen: "full", sut: "half", differs: true },
    { title: "MTU", loadgen: "1500 bytes", sut: "9000 bytes", differs: true },
    { title: "Driver", loadgen: "ixgbe", sut: "virtio_net", differs: true },
    { title: "generic receive (GRO)", loadgen: "on", sut: "off", differs: true },
  ]);
  expect(found?.rows.find(({ title }) => title === "Speed")).toMatchObject({
    sut: "not known",
    differs: false,
  });
  expect(found?.others[0]).toEqual({ title: "rx-gro-hw", loadgen: "off", sut: "on", differs: true });
  expect(found?.remarks).toMatchInlineSnapshot(`
    [
      "data0 of the system under test is half duplex: both directions share its speed.",
      "The MTU differs: 1500 bytes on eth1 of the load generator, 9000 on data0 of the system under test. Larger packets may be lost or cut.",
      "The capacity of the data network is not known: a driver does not tell the speed of eth1 (load generator) or data0 (system under test).",
      "The system under test has generic receive (GRO) off and the other end has it on: the same traffic costs the two kernels different work.",
    ]
  `);
});

test("an end that is not known is said to be, and one whose offloads are not told is not taken for off", () => {
  expect(ends(null, null)).toBeNull();
  expect(ends({}, null)?.remarks).toEqual(["The load generator was never probed: its end is not known."]);
  expect(ends({ addresses: [] }, {})?.remarks).toEqual([
    "No interface of sut (system under test) carries its data address 198.18.4.1.",
    expect.stringContaining("capacity of the data network is not known"),
  ]);
  const named = { ...sampleLab, sut: { ...sampleLab.sut, dataInterface: "eth7" } };
  expect(ends({ addresses: [] }, {}, named)?.remarks[0]).toBe(
    "sut (system under test) has no interface eth7.",
  );
  const untold = ends({ offloads: [] }, {});
  expect(untold?.offloads[0]).toMatchObject({ loadgen: "on", sut: "not known", differs: false });
  expect(untold?.remarks).toEqual([
    expect.stringContaining("What data0 of the system under test offloads is not known"),
  ]);
});

test("of a bridge the port that leads to the wire is compared", () => {
  const found = networkEnds(sampleLab, {
    sut: sampleFacts({
      nics: [
        { ...plain, name: "br0", driver: "bridge", speedMbps: null },
        { ...plain, name: "vnet0", driver: "tun", master: "br0", addresses: [], speedMbps: 10 },
        { ...plain, name: "eth3", driver: "ice", master: "br0", addresses: [], offloads: all },
      ],
    }),
    loadgen: null,
  });
  expect(found?.rows.map(({ sut }) => sut)).toEqual([
    "br0 over eth3",
    "up",
    "10 Gb/s",
    "full",
    "1500 bytes",
    "ice",
    "1 receive, 1 transmit",
  ]);
});
