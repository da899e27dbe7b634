// What a lab's facts offer for its fields: the addresses that a host has, and one for guests that neither host has.
import { inNetwork, ipv4Number, parseCidr } from "../environments/ipv4.ts";
import type { LabFacts } from "../contract/labs.ts";
import type { Facts } from "../model/facts.ts";

export interface AddressOffer {
  /** Without its prefix length. */
  readonly address: string;
  readonly interface: string;
  /** `10000 Mb/s, up`. */
  readonly text: string;
}

/** Interfaces that containers and guests have made carry no traffic between hosts. */
const inner = /^(lo|docker\d|br-[0-9a-f]{12}|virbr|veth|vnet|tap|tare-)/;

/** Addresses that benchmark traffic may use, the fastest interface first. */
export function dataAddressOffers({ nics }: Facts): readonly AddressOffer[] {
  return nics
    .filter(({ name }) => !inner.test(name))
    .toSorted((a, b) => Number(b.up) - Number(a.up) || (b.speedMbps ?? 0) - (a.speedMbps ?? 0))
    .flatMap(({ name, addresses, speedMbps, up }) =>
      addresses
        .map((address) => address.split("/")[0] ?? "")
        // Of one link only, and of no use without the name of the interface beside it.
        .filter((address) => address !== "" && !/^fe80:/i.test(address))
        .map((address) => ({
          address,
          interface: name,
          text: [speedMbps === null ? "speed unknown" : `${speedMbps} Mb/s`, up ? "up" : "down"].join(", "),
        })),
    );
}

/**
 * The last address of the data network that no interface of either host has, with the network's prefix length; null
 * where the SUT's data address is not known from its facts, or nothing is left. Other machines were not asked.
 */
export function guestAddressOffer(sutAddress: string, facts: LabFacts): string | null {
  const own = facts.sut?.nics.flatMap(({ addresses }) => addresses) ?? [];
  const cidr = own.find((address) => address.split("/")[0] === sutAddress);
  const network = cidr === undefined ? null : parseCidr(cidr);
  if (cidr === undefined || network === null || network.prefix > 30) return null;
  const taken = new Set(
    [...own, ...(facts.loadgen?.nics.flatMap(({ addresses }) => addresses) ?? [])]
      .map((address) => ipv4Number(address.split("/")[0] ?? ""))
      .filter((number) => number !== null),
  );
  const size = 2 ** (32 - network.prefix);
  const first = Math.floor((ipv4Number(network.address) ?? 0) / size) * size;
  // Routers often have the first or the last address.
  for (let number = first + size - (size > 4 ? 3 : 2); number > first; number -= 1) {
    const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
    if (!taken.has(number) && inNetwork(address, cidr)) return `${address}/${network.prefix}`;
  }
  return null;
}
