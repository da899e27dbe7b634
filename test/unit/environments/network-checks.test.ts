// What stands against a guest's way to the data network, by lab and facts.
import { expect, test } from "vitest";
import { guestNetworkFindings } from "#shared/environments/network-checks.ts";
import type { KvmConfiguration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";
import { kvm } from "../sample-campaign.ts";

const [nic] = sampleFacts().nics;
if (nic === undefined) throw new Error("the sample has an interface");

interface Case {
  readonly mode?: KvmConfiguration["network"]["mode"];
  readonly guest?: Partial<Lab["guest"]>;
  readonly sut?: Partial<Lab["sut"]>;
  readonly loadgen?: Partial<Lab["loadgen"]>;
  readonly facts?: Partial<Facts>;
}

function found({ mode = "bridge", guest, sut, loadgen, facts }: Case): string[] {
  const lab: Lab = {
    ...sampleLab,
    sut: { ...sampleLab.sut, ...sut },
    loadgen: { ...sampleLab.loadgen, ...loadgen },
    guest: { ...sampleLab.guest, ...guest },
  };
  const configuration = { ...kvm, network: { mode, vhost: "auto" as const } };
  return guestNetworkFindings(configuration, lab, sampleFacts(facts)).map(
    ({ severity, text }) => `${severity}: ${text}`,
  );
}

test("a guest in the network of both hosts has nothing against it, in any mode", () => {
  for (const mode of ["bridge", "direct", "user"] as const) expect(found({ mode })).toEqual([]);
});

test.each([
  [{ guest: { address: "198.18.4.1/24" } }, "error: The guest address 198.18.4.1/24 is that of the system"],
  [{ guest: { address: "198.18.4.2/24" } }, "error: The guest address 198.18.4.2/24 is that of the load"],
  [{ guest: { address: "198.18.9.7/24" } }, "error: The guest address 198.18.9.7/24 is neither in"],
  [
    { loadgen: { dataAddress: "198.18.7.2" } },
    "warning: The load generator (198.18.7.2) is in another network",
  ],
  [
    {
      sut: { dataAddress: "198.18.7.1", dataInterface: "data0" },
      facts: { nics: [{ ...nic, addresses: ["198.18.7.1/24"] }] },
    },
    "error: The guest address 198.18.4.64/24 is in no network of the system under test",
  ],
  [{ guest: { address: "198.18.4.300/24" } }, "error: The guest address 198.18.4.300/24 is no IPv4 address."],
  [{ guest: { bridge: "br7" } }, "error: sut1 has no bridge br7"],
  [
    { sut: { dataAddress: "198.18.4.9" } },
    "error: A bridge needs the data interface, and no interface of sut1 carries 198.18.4.9",
  ],
  [{ sut: { dataInterface: "eth9" } }, "error: sut1 has no interface eth9."],
  [
    { sut: { address: "198.18.4.1" } },
    "error: data0 of sut1 carries 198.18.4.1, the address that Tare connects to",
  ],
  [
    { facts: { nics: [{ ...nic, master: "br0" }] } },
    "error: data0 of sut1 is a member of br0; name that bridge",
  ],
  [
    { mode: "direct", facts: { nics: [{ ...nic, master: "br0" }] } },
    "error: data0 of sut1 is a member of br0; macvtap needs",
  ],
  [
    { mode: "direct", loadgen: { dataAddress: "198.18.7.2" } },
    "error: The guest address 198.18.4.64/24 is not in the data network of the load",
  ],
  [{ mode: "user", sut: { dataAddress: "sut.lab" } }, "error: QEMU forwards ports of an IPv4 address"],
] satisfies [Case, string][])("%j: %s", (what, text) => {
  const texts = found(what);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain(text);
});

test("host names are not judged, and neither are facts without any interface", () => {
  expect(found({ loadgen: { dataAddress: "load.lab" } })).toEqual([]);
  expect(found({ sut: { dataInterface: "eth9" }, facts: { nics: [] } })).toEqual([]);
});
