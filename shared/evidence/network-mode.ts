// The network that the environment really uses: the host's stack, one of its own, or a guest's virtual NIC.
import type { DockerConfiguration, KvmConfiguration } from "../model/configuration.ts";
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  processesIn,
  unknown,
} from "./evidence-inputs.ts";
import type { ProcessSnapshot } from "./process-snapshot.ts";
import { isMissing, type Snapshot } from "./snapshot.ts";

export const judgeNetworkMode: EvidenceJudge = (inputs) => {
  const { configuration, sut, usesNetwork } = inputs;
  const expected = expectationOf(inputs);
  const processes = processesIn(sut.during);
  if (isMissing(sut.during))
    return itemOf("network-mode", usesNetwork, [unknown(expected, sut.during.missing)]);
  if ("missing" in processes)
    return itemOf("network-mode", usesNetwork, [unknown(expected, processes.missing)]);
  const checks =
    configuration.environment === "kvm"
      ? guestChecks(inputs, configuration, sut.during, processes)
      : configuration.environment === "docker" && configuration.network.mode !== "host"
        ? ownNetworkChecks(configuration.network, sut.during, processes)
        : [hostNetworkCheck(sut.during, processes)];
  return itemOf("network-mode", usesNetwork, checks);
};

function expectationOf({ configuration }: EvidenceInputs): string {
  if (configuration.environment === "kvm") return `guest network ${configuration.network.mode}`;
  return configuration.network.mode === "host"
    ? "the host's network namespace"
    : `a network namespace of its own (${configuration.network.mode})`;
}

function hostNetworkCheck({ networkNamespace }: Snapshot, processes: readonly ProcessSnapshot[]): Check {
  const expected = "the host's network namespace";
  if (networkNamespace === null) return unknown(expected, "the host's namespace could not be read");
  const known = processes.filter((each) => each.networkNamespace !== null);
  if (known.length === 0) return unknown(expected, "the namespaces of the processes could not be read");
  const first = known.find((each) => each.networkNamespace !== networkNamespace);
  return check(
    first === undefined,
    expected,
    first === undefined
      ? `${known.length} process(es) in the host's (${networkNamespace})`
      : `${first.name} in ${first.networkNamespace}, the host in ${networkNamespace}`,
  );
}

function ownNetworkChecks(
  network: Exclude<DockerConfiguration["network"], { mode: "host" }>,
  snapshot: Snapshot,
  processes: readonly ProcessSnapshot[],
): readonly Check[] {
  const { networkNamespace, insideNetwork } = snapshot;
  const separate = "a network namespace of its own";
  const known = processes.filter((each) => each.networkNamespace !== null);
  const shared = known.find((each) => each.networkNamespace === networkNamespace);
  if (networkNamespace === null || known.length === 0)
    return [unknown(separate, "the namespaces of host and processes could not be read")];
  if (shared !== undefined)
    return [check(false, separate, `${shared.name} in the host's (${networkNamespace})`)];
  const kind = network.mode === "nat" ? "veth" : "macvlan";
  const interfaceText = `an interface of kind ${kind}`;
  const own = check(true, separate, `none of ${known.length} process(es) in the host's`);
  if (insideNetwork === null)
    return [own, unknown(interfaceText, "the container's interfaces could not be listed")];
  const kinds = interfaceKinds(insideNetwork.links);
  return [
    own,
    check(kinds.includes(kind), interfaceText, `interfaces of kind ${kinds.join(", ") || "none"}`),
    ...(network.mode === "nat" && network.userlandProxy !== undefined
      ? [proxyCheck(network.userlandProxy, snapshot, insideNetwork.addresses)]
      : []),
  ];
}

/** `ip -d -o link` names the kind after the flags of its second part; lo has none. */
function interfaceKinds(links: string): readonly string[] {
  return [...new Set(links.match(/\b(veth|macvlan|ipvlan|bridge|vlan)\b(?=[\s\\])/g))];
}

/** There is one proxy for each published port; without published ports nothing tells. */
function proxyCheck(wanted: boolean, { proxies }: Snapshot, addresses: readonly string[]): Check {
  const own = proxies.filter((line) => addresses.some((address) => line.split(" ").includes(address)));
  return check(
    own.length > 0 === wanted,
    `userland proxy ${wanted ? "on" : "off"}`,
    `${own.length} docker-proxy process(es) for this container`,
  );
}

function guestChecks(
  { facts }: EvidenceInputs,
  { network }: KvmConfiguration,
  snapshot: Snapshot,
  processes: readonly ProcessSnapshot[],
): readonly Check[] {
  const files = processes.flatMap((process) => process.files.flatMap(({ target }) => target ?? []));
  const kinds = [
    ...(files.includes("/dev/net/tun") ? ["bridge"] : []),
    ...(files.some((target) => /^\/dev\/tap\d+$/.test(target)) ? ["direct"] : []),
  ];
  const found = kinds.length === 0 ? ["user"] : kinds;
  const words = { bridge: "a tap device on a bridge", direct: "macvtap", user: "QEMU's user-mode network" };
  const says = (mode: string) => words[mode as keyof typeof words];
  const expected = `guest network: ${words[network.mode]}`;
  const holds = found.length === 1 && found[0] === network.mode;
  const mode =
    files.length === 0
      ? unknown(expected, "QEMU's open files could not be read")
      : check(holds, expected, `guest network: ${found.map(says).join(" and ")}`);
  return network.mode === "user" ? [mode] : [mode, vhostCheck(network.vhost, facts.sut.vhostNet, snapshot)];
}

/** `auto` is vhost where the host has it, as libvirt decides. */
function vhostCheck(
  asked: "auto" | "on" | "off",
  offered: boolean,
  { processes, vhostThread }: Snapshot,
): Check {
  const thread =
    vhostThread || processes.some(({ threads }) => threads.some(({ name }) => /^vhost-\d+$/.test(name)));
  const wanted = asked === "on" || (asked === "auto" && offered);
  const why = asked === "auto" && !offered ? "auto, but the host has no /dev/vhost-net" : asked;
  return check(
    thread === wanted,
    wanted ? `vhost (${why})` : `packets moved by QEMU itself, without vhost (${why})`,
    thread ? "a vhost thread serves the guest" : "no vhost thread",
  );
}
