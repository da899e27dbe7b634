// The hops of the modes that do not end in the host's own stack: containers with a network of their own, and guests.
import type { DockerConfiguration, KvmConfiguration } from "../model/configuration.ts";
import { addressPart, portsText, serverHop, type Hop, type PacketPath, type PathInputs } from "./hop.ts";
import { ownBridge } from "./names.ts";

type ContainerNetwork = Exclude<DockerConfiguration["network"], { mode: "host" }>;
type GuestOnBridge = KvmConfiguration["network"];

const onHost = { place: "sut", inside: "host" } as const;

/** The bridge of Docker's default network, as `--network bridge` has it. */
const dockerBridge = "docker0";

/** A container behind NAT, or on a macvlan network. */
export function containerNetworkHops(network: ContainerNetwork, inputs: PathInputs): PacketPath {
  return network.mode === "macvlan" ? macvlanHops(inputs) : natHops(network.userlandProxy, inputs);
}

/**
 * Published ports: rules in the tables nat (chain DOCKER, from PREROUTING) and filter (FORWARD) lead from the data address
 * to the container. The userland proxy is a process that listens on each published port as well; the rules are before it.
 */
function natHops(wanted: boolean | undefined, { lab, facts, ports, nic }: PathInputs): PacketPath {
  const network = facts?.nics.find(({ name }) => name === dockerBridge)?.addresses.find(isIpv4);
  return {
    hops: [
      {
        ...onHost,
        title: "Kernel: DNAT",
        kind: "kernel",
        text: "conntrack finds the connection, or Docker's rule makes it: the data address becomes the container's",
        costs: ["translation", "lookup"],
        ...addressPart(lab?.sut.dataAddress, ports),
      },
      {
        ...onHost,
        title: "Kernel: routing and FORWARD",
        kind: "kernel",
        text: `from ${nic?.name ?? "the data interface"} to ${dockerBridge}, past Docker's filter rules`,
        costs: ["lookup"],
      },
      {
        ...onHost,
        title: `Bridge ${dockerBridge}`,
        kind: "virtual device",
        text: "finds the container's port by its MAC address",
        costs: ["lookup"],
      },
      {
        place: "sut",
        inside: "container",
        title: "veth pair",
        kind: "virtual device",
        text: "hands the packet over to the container's namespace, without a copy",
        costs: ["queueing"],
      },
      {
        place: "sut",
        inside: "container",
        title: "Kernel: TCP/IP of the container",
        kind: "kernel",
        text: "the same kernel, with the container's own addresses, routes and rules",
        costs: [],
        address: `an address of ${network === undefined ? `${dockerBridge}'s network` : network}${portsText(ports)}`,
      },
      serverHop("container"),
    ],
    beside: [proxyBeside(wanted ?? facts?.docker?.userlandProxy ?? null)],
  };
}

function proxyBeside(on: boolean | null): PacketPath["beside"][number] {
  if (on === null)
    return {
      title: "Userland proxy: not known whether it is on",
      text: "In either case the load generator's packets take the rules above.",
    };
  return on
    ? {
        title: "Userland proxy on: docker-proxy is not on this path",
        text: `It holds each published port open, but the rules above take the load generator's packets before it. It only serves connections that no rule translates: from containers of ${dockerBridge} back to a published port (hairpin), and all where Docker's rules are missing.`,
      }
    : {
        title: "Userland proxy off: no docker-proxy",
        text: `Connections from containers of ${dockerBridge} back to a published port are turned by hairpin NAT instead.`,
      };
}

function macvlanHops({ lab, ports, nic }: PathInputs): PacketPath {
  return {
    hops: [
      {
        place: "sut",
        inside: "container",
        title: `macvlan on ${nic?.name ?? "the data interface"}`,
        kind: "virtual device",
        text: "chosen by its own MAC address; the host's bridges, rules and routes are passed by",
        costs: ["lookup"],
      },
      {
        place: "sut",
        inside: "container",
        title: "Kernel: TCP/IP of the container",
        kind: "kernel",
        text: "the same kernel, with the container's own addresses, routes and rules",
        costs: [],
        ...addressPart(lab?.guest.address.split("/")[0], ports),
      },
      serverHop("container"),
    ],
    beside: [
      {
        title: "The SUT itself does not reach this container",
        text: "A macvlan interface and the one below it do not pass packets to each other, so its start is not timed.",
      },
    ],
  };
}

/** A guest with a virtio interface on a bridge, or on a macvtap interface. */
export function bridgeGuestHops(network: GuestOnBridge, inputs: PathInputs): PacketPath {
  const { lab, facts, ports, nic } = inputs;
  const name = nic?.name ?? "the data interface";
  const bridge = lab?.guest.bridge ?? ownBridge;
  const device: readonly Hop[] =
    network.mode === "direct"
      ? [
          {
            ...onHost,
            title: `macvtap on ${name}`,
            kind: "virtual device",
            text: "chosen by the guest's MAC address; queues the packet at /dev/tap…, past the host's bridges, rules and routes",
            costs: ["lookup", "queueing"],
          },
        ]
      : [
          {
            ...onHost,
            title: `Bridge ${bridge}`,
            kind: "virtual device",
            text: "finds the guest's port by its MAC address; kept out of iptables",
            costs: ["lookup"],
          },
          {
            ...onHost,
            title: "tap device",
            kind: "virtual device",
            text: "queues the packet for whoever serves the guest's interface",
            costs: ["queueing"],
          },
        ];
  return {
    hops: [
      ...device,
      moverHop(network.vhost, facts?.vhostNet ?? null),
      ...guestHops(addressPart(lab?.guest.address.split("/")[0], ports)),
    ],
    beside:
      network.mode === "direct"
        ? [
            {
              title: "The SUT itself does not reach this guest over the data network",
              text: "macvtap keeps host and guest apart, so Tare logs in through a second, user-mode interface that carries no load.",
            },
          ]
        : [],
  };
}

/** Who brings the packet into the guest's memory: a thread of the kernel, or QEMU. `offered`: whether the SUT has /dev/vhost-net. */
function moverHop(vhost: GuestOnBridge["vhost"], offered: boolean | null): Hop {
  const byKernel: Hop = {
    ...onHost,
    title: "vhost-net thread",
    kind: "kernel",
    text: "a kernel thread of the guest's own copies the packet into guest memory and raises its interrupt",
    costs: ["context switch", "copy"],
  };
  const byQemu: Hop = {
    ...onHost,
    title: "QEMU",
    kind: "user space",
    text: "its event loop reads the packet from the kernel, copies it into guest memory and asks for the interrupt",
    costs: ["context switch", "system calls", "two copies"],
  };
  if (vhost === "on") return byKernel;
  if (vhost === "off") return byQemu;
  if (offered === null)
    return {
      ...byKernel,
      title: "vhost-net thread, or QEMU",
      text: "the kernel's thread where the SUT has /dev/vhost-net, else QEMU's event loop; the SUT was never probed",
      costs: ["context switch", "one or two copies"],
    };
  return offered ? byKernel : byQemu;
}

/** libslirp in QEMU ends the TCP connection and makes one of its own to the guest. */
export function userModeHops({ lab, ports }: PathInputs): PacketPath {
  return {
    hops: [
      {
        ...onHost,
        title: "Kernel: TCP/IP",
        kind: "kernel",
        text: "the connection ends here, at QEMU's socket (hostfwd)",
        costs: [],
        ...addressPart(lab?.sut.dataAddress, ports),
      },
      {
        ...onHost,
        title: "QEMU: TCP/IP in user space (slirp)",
        kind: "user space",
        text: "reads what came, makes new segments of a second connection and copies them into guest memory",
        costs: ["context switch", "system calls", "two copies", "translation"],
        address: "as 10.0.2.2, the guest's gateway",
      },
      ...guestHops({ address: `10.0.2.15${portsText(ports)}` }),
    ],
    beside: [
      {
        title: "No vhost, no offloads between guest and wire",
        text: "All packets of the guest go through QEMU's one event loop.",
      },
    ],
  };
}

function guestHops(address: { readonly address?: string }): readonly Hop[] {
  return [
    {
      place: "sut",
      inside: "guest",
      title: "virtio-net of the guest",
      kind: "virtual device",
      text: "an interrupt tells the guest; its driver takes the packet from the ring",
      costs: ["interrupt into the guest"],
    },
    {
      place: "sut",
      inside: "guest",
      title: "Guest kernel: TCP/IP",
      kind: "kernel",
      text: "a whole stack of its own",
      costs: [],
      ...address,
    },
    serverHop("guest"),
  ];
}

function isIpv4(cidr: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+\//.test(cidr);
}
