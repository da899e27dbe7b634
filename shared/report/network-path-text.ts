// How the load generator's traffic reaches the SUT, in words: for figures, report and terminal.
import type { Campaign } from "../model/campaign.ts";
import type { NetworkPath } from "../model/evidence.ts";
import { workloads } from "../workloads/registry.ts";

/** Workloads of the campaign whose figures depend on the network, by title. */
export function networkWorkloads({ conditions }: Pick<Campaign, "conditions">): string[] {
  const used = new Set(conditions.map(({ workload }) => workload));
  return [...used].filter((name) => workloads[name].network).map((name) => workloads[name].title);
}

/** Why no packet crosses a wire; null where they do, as far as is known. */
export function withoutWire({ lab }: Pick<Campaign, "lab">, path: NetworkPath | null): string | null {
  if (path?.sameMachine === true || lab.demo) return "both hosts are one machine";
  return path?.loopback === true ? "the path is loopback" : null;
}

/** For a subtitle: `no wire: both hosts are one machine`, `10 Gb/s path over eth1`. */
export function networkPathText(campaign: Pick<Campaign, "lab">, path: NetworkPath | null): string {
  const reason = withoutWire(campaign, path);
  if (reason !== null) return `no wire: ${reason}`;
  if (path === null) return "network path not recorded";
  const capacity =
    path.capacityMbps === null ? "path of unknown capacity" : `${speedText(path.capacityMbps)} path`;
  return `${capacity}${interfacesText(path)}${path.via === null ? "" : ` through ${path.via}`}`;
}

/** Everything that is known of the path, in one sentence. */
export function networkPathSentence(campaign: Pick<Campaign, "lab">, path: NetworkPath): string {
  const { loadgenInterface, sutInterface, via, capacityMbps, mtu } = path;
  const reason = withoutWire(campaign, path);
  const parts = [
    `from ${loadgenInterface ?? "an unknown interface"} of the load generator to ${sutInterface ?? "an unknown interface"} of the system under test`,
    via === null ? "without a gateway" : `through the gateway ${via}`,
    capacityMbps === null ? "capacity not told by the drivers" : `capacity ${speedText(capacityMbps)}`,
    `MTU ${mtu.loadgen ?? "unknown"} and ${mtu.sut ?? "unknown"} bytes`,
    ...(reason === null ? [] : [`no wire: ${reason}`]),
  ];
  return `Network path: ${parts.join("; ")}.`;
}

/** `10 Gb/s`, `2.5 Gb/s`, `100 Mb/s`. */
function speedText(mbps: number): string {
  return mbps >= 1000 ? `${Number((mbps / 1000).toFixed(2))} Gb/s` : `${mbps} Mb/s`;
}

function interfacesText({ loadgenInterface: from, sutInterface: to }: NetworkPath): string {
  if (from === null || to === null || from === to) {
    const known = to ?? from;
    return known === null ? "" : ` over ${known}`;
  }
  return ` from ${from} to ${to}`;
}
