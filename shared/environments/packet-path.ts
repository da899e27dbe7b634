// The way of a packet from the load generator's program to the server in an environment, hop by hop, for each networking
// mode: what the kernel, Docker and QEMU do with it. Made of the configuration, the lab and stored facts alone.
import { dataNicOf, wireNicOf, storedNetworkPath, type HostFacts, type Nic } from "../facts/data-nic.ts";
import type { Lab } from "../model/lab.ts";
import type { NetworkChoice } from "../model/network-choice.ts";
import { networkSpeedText } from "../report/network-path-text.ts";
import { addressPart, serverHop, type Hop, type PacketPath, type PathInputs, type PathPorts } from "./hop.ts";
import { bridgeGuestHops, containerNetworkHops, userModeHops } from "./packet-path-hops.ts";

/** Replies take the same way back. `lab` null: without addresses. `facts` null members: without names of interfaces. */
export function packetPath(
  choice: NetworkChoice,
  lab: Lab | null,
  facts: HostFacts,
  ports: PathPorts,
): PacketPath {
  const nic = lab === null ? null : dataNicOf(lab.sut, facts.sut);
  const inputs: PathInputs = { lab, facts: facts.sut, ports, nic };
  const inside = insideSut(choice, inputs);
  return { hops: [...loadgenHops(lab, facts), wireHop(lab, facts), ...inside.hops], beside: inside.beside };
}

function loadgenHops(lab: Lab | null, facts: HostFacts): readonly Hop[] {
  const nic = lab === null ? null : dataNicOf(lab.loadgen, facts.loadgen);
  const common = { place: "loadgen", inside: "host" } as const;
  return [
    {
      ...common,
      title: "Load generator's program",
      kind: "user space",
      text: "writes to a socket",
      costs: ["system call", "copy"],
      ...(lab === null ? {} : { address: lab.loadgen.dataAddress }),
    },
    {
      ...common,
      title: "Kernel: TCP/IP",
      kind: "kernel",
      text: "makes segments, or leaves that to the interface (TSO)",
      costs: [],
    },
    { ...common, ...nicHop(nic === null || facts.loadgen === null ? null : wireNicOf(nic, facts.loadgen)) },
  ];
}

function wireHop(lab: Lab | null, facts: HostFacts): Hop {
  const path = lab === null ? null : storedNetworkPath(lab, facts);
  const none = lab?.demo === true || path?.sameMachine === true;
  const speed = path?.capacityMbps ?? null;
  return {
    title: none ? "No wire" : "Wire",
    place: "wire",
    inside: "host",
    kind: "wire",
    text: none
      ? "both hosts are one machine: packets pass between two network namespaces"
      : speed === null
        ? "of a capacity that the drivers do not tell, with whatever switches are between"
        : `${networkSpeedText(speed)}, with whatever switches are between`,
    costs: [],
  };
}

/** The interface that a packet leaves or enters a host by. */
function nicHop(nic: Nic | null): Pick<Hop, "title" | "kind" | "text" | "costs"> {
  if (nic === null)
    return {
      title: "Data interface",
      kind: "device",
      text: "not known: the host was not probed, or no interface carries its data address",
      costs: [],
    };
  const virtual = nic.driver === "veth" || nic.driver === "virtio_net" || nic.driver === "tun";
  const told = [
    nic.driver ?? "",
    nic.speedMbps === null ? "" : networkSpeedText(nic.speedMbps),
    `MTU ${nic.mtu} bytes`,
  ];
  return {
    title: `Interface ${nic.name}`,
    kind: virtual ? "virtual device" : "device",
    text: told.filter((word) => word !== "").join(", "),
    costs: [],
  };
}

function insideSut(choice: NetworkChoice, inputs: PathInputs): PacketPath {
  const entry = entryHops(choice, inputs);
  switch (choice.environment) {
    case "native":
      return { hops: [...entry, ...hostStackHops(inputs, "host")], beside: [] };
    case "docker":
      if (choice.network.mode === "host")
        return {
          hops: [...entry, ...hostStackHops(inputs, "container")],
          beside: [
            {
              title: "No bridge, no translation",
              text: "The container shares the host's network namespace: its server listens on the host's own addresses.",
            },
          ],
        };
      return withEntry(entry, containerNetworkHops(choice.network, inputs));
    case "kvm":
      return withEntry(
        entry,
        choice.network.mode === "user" ? userModeHops(inputs) : bridgeGuestHops(choice.network, inputs),
      );
  }
}

function withEntry(entry: readonly Hop[], { hops, beside }: PacketPath): PacketPath {
  return { hops: [...entry, ...hops], beside };
}

/** The SUT's interface, and the bridge over it where one is there already and the mode does not name it itself. */
function entryHops(choice: NetworkChoice, { nic, facts }: PathInputs): readonly Hop[] {
  const wire = nic === null || facts === null ? nic : wireNicOf(nic, facts);
  const first: Hop = { place: "sut", inside: "host", ...nicHop(wire) };
  if (nic === null || wire === null || wire.name === nic.name || choice.network.mode === "bridge")
    return [first];
  return [
    first,
    {
      title: `Bridge ${nic.name}`,
      place: "sut",
      inside: "host",
      kind: "virtual device",
      text: `${wire.name} is its port, and it has the data address`,
      costs: ["lookup"],
    },
  ];
}

/** The host's own stack, up to a server in its network namespace. */
function hostStackHops({ lab, ports }: PathInputs, inside: "host" | "container"): readonly Hop[] {
  return [
    {
      title: "Kernel: TCP/IP",
      place: "sut",
      inside: "host",
      kind: "kernel",
      text: "finds the socket of the port",
      costs: [],
      ...addressPart(lab?.sut.dataAddress, ports),
    },
    serverHop(inside),
  ];
}
