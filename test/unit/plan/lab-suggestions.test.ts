// What a lab's facts offer for its fields.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inNetwork, networkOf } from "#shared/environments/ipv4.ts";
import type { Facts } from "#shared/model/facts.ts";
import { dataAddressOffers, guestAddressOffer } from "#shared/plan/lab-suggestions.ts";
import { serverFacts, twoSocketsServer } from "../../fixtures/servers.ts";
import { sampleFacts } from "../sample-facts.ts";

const [data] = serverFacts(twoSocketsServer, "sut").nics;
function nic(name: string, addresses: string[], rest: Partial<Facts["nics"][number]> = {}) {
  if (data === undefined) throw new Error("there is an interface");
  return { ...data, name, addresses, ...rest };
}

test("the fastest interface comes first, what containers and guests made is left out", () => {
  const facts = sampleFacts({
    nics: [
      nic("lo", ["127.0.0.1/8"]),
      nic("eth0", ["192.0.2.7/24", "fe80::1/64"], { speedMbps: 1000 }),
      nic("docker0", ["172.17.0.1/16"]),
      nic("data0", ["198.18.0.1/24"], { speedMbps: 25_000 }),
      nic("eth9", ["192.0.2.9/24"], { speedMbps: 100_000, up: false }),
    ],
  });
  expect(dataAddressOffers(facts)).toEqual([
    { address: "198.18.0.1", interface: "data0", text: "25000 Mb/s, up" },
    { address: "192.0.2.7", interface: "eth0", text: "1000 Mb/s, up" },
    { address: "192.0.2.9", interface: "eth9", text: "100000 Mb/s, down" },
  ]);
});

test("a guest's address is in the data network, and is neither host's, the network's own or the broadcast's", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 30 }),
      fc.nat(2 ** 32 - 1),
      fc.nat(2 ** 32 - 1),
      (prefix, one, two) => {
        const size = 2 ** (32 - prefix);
        const first = Math.floor(one / size) * size;
        const hosts = [1 + (one % (size - 2)), 1 + (two % (size - 2))].map((host) =>
          [24, 16, 8, 0].map((shift) => ((first + host) >>> shift) & 0xff).join("."),
        );
        const [sutAddress = "", loadgenAddress = ""] = hosts;
        const facts = {
          sut: sampleFacts({ nics: [nic("data0", [`${sutAddress}/${prefix}`])] }),
          loadgen: sampleFacts({ nics: [nic("data0", [`${loadgenAddress}/${prefix}`])] }),
        };
        const offer = guestAddressOffer(sutAddress, facts);
        if (offer === null) {
          expect(prefix).toBeGreaterThan(28);
          return;
        }
        const [address = "", length] = offer.split("/");
        expect(Number(length)).toBe(prefix);
        expect(inNetwork(address, `${sutAddress}/${prefix}`)).toBe(true);
        expect(hosts).not.toContain(address);
        expect(address).not.toBe(networkOf(offer)?.split("/")[0]);
      },
    ),
  );
});

test("without the SUT's facts, or an address of it that is known, nothing is offered", () => {
  expect(guestAddressOffer("198.18.0.1", { sut: null, loadgen: null })).toBeNull();
  expect(guestAddressOffer("sut.example", { sut: sampleFacts(), loadgen: null })).toBeNull();
});
