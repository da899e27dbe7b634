// The interface of a host that benchmark traffic uses, from stored facts, and the ways between both hosts' interfaces.
import type { NetworkPath } from "../model/evidence.ts";
import type { Facts } from "../model/facts.ts";
import type { Host, Lab } from "../model/lab.ts";
import { networkPathOf } from "./network-path.ts";

export type Nic = Facts["nics"][number];

/** Stored facts of both hosts; null members where one was never probed. */
export interface HostFacts {
  readonly sut: Facts | null;
  readonly loadgen: Facts | null;
}

/** The interface that the lab names for the host, or that carries its data address; null where the facts know none. */
export function dataNicOf(
  host: Pick<Host, "dataAddress" | "dataInterface">,
  facts: Facts | null,
): Nic | null {
  const carries = ({ addresses }: Nic) => addresses.some((each) => each.split("/")[0] === host.dataAddress);
  const carrier = facts?.nics.find(carries) ?? null;
  if (host.dataInterface === undefined) return carrier;
  // A bridge that the named interface is a port of has its address: what is above the port is the port's, too.
  return facts?.nics.find(({ name }) => name === host.dataInterface) ?? carrier;
}

/** Where the interface is a bridge: the port that leads to the wire; else the interface itself. */
export function wireNicOf(nic: Nic, { nics }: Pick<Facts, "nics">): Nic {
  const toGuests = new Set(["tun", "veth", "bridge"]);
  const ports = nics.filter(({ master }) => master === nic.name);
  return ports.find(({ driver }) => !toGuests.has(driver ?? "")) ?? nic;
}

/** The path between the data interfaces as the facts tell it, without asking the route tables; null where a host is unknown. */
export function storedNetworkPath(lab: Lab, { sut, loadgen }: HostFacts): NetworkPath | null {
  if (sut === null || loadgen === null) return null;
  const route = (role: "sut" | "loadgen", facts: Facts) => ({
    interface: dataNicOf(lab[role], facts)?.name ?? null,
    via: null,
  });
  return networkPathOf({ sut: route("sut", sut), loadgen: route("loadgen", loadgen) }, { sut, loadgen });
}
