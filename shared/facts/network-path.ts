// The way between the hosts' data addresses, from what `ip route get` says on each and from their facts.
import type { NetworkPath } from "../model/evidence.ts";
import type { Facts } from "../model/facts.ts";

export interface Route {
  readonly interface: string | null;
  readonly via: string | null;
}

/** What `ip -o route get ADDRESS` printed: `198.18.0.1 via 192.0.2.1 dev eth0 src …`, or `local 127.0.0.1 dev lo …`. */
export function readRoute(text: string): Route {
  const [line = ""] = text.split("\n");
  return {
    interface: /\bdev (\S+)/.exec(line)?.[1] ?? null,
    via: /\bvia (?:inet6? )?([0-9a-f.:]+)/.exec(line)?.[1] ?? null,
  };
}

/** `routes`: from each host to the other's data address. */
export function networkPathOf(
  routes: { readonly sut: Route; readonly loadgen: Route },
  facts: { readonly sut: Facts; readonly loadgen: Facts },
): NetworkPath {
  const speeds = [speedOf(routes.sut, facts.sut), speedOf(routes.loadgen, facts.loadgen)];
  return {
    loadgenInterface: routes.loadgen.interface,
    sutInterface: routes.sut.interface,
    via: routes.loadgen.via ?? routes.sut.via,
    capacityMbps: speeds.includes(null) ? null : Math.min(...speeds.map(Number)),
    mtu: { loadgen: mtuOf(routes.loadgen, facts.loadgen), sut: mtuOf(routes.sut, facts.sut) },
    sameMachine: facts.sut.bootId === facts.loadgen.bootId,
    loopback: routes.sut.interface === "lo" || routes.loadgen.interface === "lo",
  };
}

/** What an engineer should know of the path before figures are made of it. */
export function pathRemarks({ mtu, capacityMbps, sutInterface, loadgenInterface }: NetworkPath): string[] {
  const unknown = (name: string | null) => name ?? "an interface that could not be found out";
  return [
    ...(mtu.loadgen !== null && mtu.sut !== null && mtu.loadgen !== mtu.sut
      ? [
          `The MTU differs: ${mtu.loadgen} bytes on ${unknown(loadgenInterface)} of the load generator, ${mtu.sut} on ${unknown(sutInterface)} of the system under test. Larger packets may be lost or cut.`,
        ]
      : []),
    ...(capacityMbps === null
      ? [
          `The capacity of the data network is not known: a driver does not tell the speed of ${unknown(loadgenInterface)} (load generator) or ${unknown(sutInterface)} (system under test).`,
        ]
      : []),
  ];
}

/** A bridge may tell none of its own: then the least of what is enslaved to it. */
function speedOf(route: Route, { nics }: Facts): number | null {
  const own = nics.find(({ name }) => name === route.interface)?.speedMbps ?? null;
  if (own !== null) return own;
  const ports = nics.filter(({ master }) => master !== null && master === route.interface);
  const speeds = ports.flatMap(({ speedMbps }) => speedMbps ?? []);
  return speeds.length === 0 ? null : Math.min(...speeds);
}

function mtuOf(route: Route, { nics }: Facts): number | null {
  return nics.find(({ name }) => name === route.interface)?.mtu ?? null;
}
