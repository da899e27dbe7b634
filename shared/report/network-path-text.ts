// How the load generator's traffic reaches the SUT, in words: for figures, report and terminal.
import type { Campaign } from "../model/campaign.ts";
import type { NetworkPath } from "../model/evidence.ts";
import { workloads } from "../workloads/registry.ts";

/** Workloads of the campaign whose figures depend on the network, by title. */
function networkWorkloads({ conditions }: Pick<Campaign, "conditions">): string[] {
  const used = new Set(conditions.map(({ workload }) => workload));
  return [...used].filter((name) => workloads[name].network).map((name) => workloads[name].title);
}

/** Why no packet crosses a wire; null where they do, as far as is known. */
function withoutWire({ lab }: Pick<Campaign, "lab">, path: NetworkPath | null): string | null {
  if (path?.sameMachine === true || lab.demo) return "both hosts are one machine";
  return path?.loopback === true ? "the path is loopback" : null;
}

/** For a subtitle: `no wire: both hosts are one machine`, `10 Gb/s path over eth1`. */
export function networkPathText(campaign: Pick<Campaign, "lab">, path: NetworkPath | null): string {
  const reason = withoutWire(campaign, path);
  if (reason !== null) return `no wire: ${reason}`;
  if (path === null) return "network path not recorded";
  const capacity =
    path.capacityMbps === null ? "path of unknown capacity" : `${networkSpeedText(path.capacityMbps)} path`;
  return `${capacity}${interfacesText(path)}${path.via === null ? "" : ` through ${path.via}`}`;
}

/** What is known of the path, and what the figures of network workloads are worth on it; nothing where no workload uses it. */
export function networkSentences(
  campaign: Pick<Campaign, "lab" | "conditions">,
  path: NetworkPath | null,
): string[] {
  const titles = networkWorkloads(campaign);
  if (titles.length === 0) return [];
  const reason = withoutWire(campaign, path);
  return [
    path === null ? "The network path was not recorded." : pathSentence(path),
    ...(reason === null
      ? []
      : [
          `No packet of ${titles.join(", ")} crosses a wire (${reason}): these figures say nothing of a network between two machines.`,
        ]),
  ];
}

function pathSentence(path: NetworkPath): string {
  const { loadgenInterface, sutInterface, via, capacityMbps, mtu } = path;
  const parts = [
    `from ${loadgenInterface ?? "an unknown interface"} of the load generator to ${sutInterface ?? "an unknown interface"} of the system under test`,
    via === null ? "without a gateway" : `through the gateway ${via}`,
    capacityMbps === null ? "capacity not told by the drivers" : `capacity ${networkSpeedText(capacityMbps)}`,
    `MTU ${mtuText(mtu)}`,
  ];
  return `Network path: ${parts.join("; ")}.`;
}

function mtuText({ loadgen, sut }: NetworkPath["mtu"]): string {
  const [from, to] = [loadgen, sut].map((mtu) => (mtu === null ? "unknown" : `${mtu} bytes`));
  return from === to ? `${from}` : `${from} on the load generator, ${to} on the system under test`;
}

/** `10 Gb/s`, `2.5 Gb/s`, `100 Mb/s`. */
export function networkSpeedText(mbps: number): string {
  return mbps >= 1000 ? `${Number((mbps / 1000).toFixed(2))} Gb/s` : `${mbps} Mb/s`;
}

function interfacesText({ loadgenInterface: from, sutInterface: to }: NetworkPath): string {
  if (from === null || to === null || from === to) {
    const known = to ?? from;
    return known === null ? "" : ` over ${known}`;
  }
  return ` from ${from} to ${to}`;
}
