// What a networking mode takes of the machines while its environment is up: ports, addresses, and changes of the SUT.
import { dataNicOf } from "../facts/data-nic.ts";
import type { Change } from "../model/change.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import type { NetworkChoice } from "../model/network-choice.ts";
import type { PortUse } from "../plan/port-uses.ts";
import { dataInterface } from "./guest-network.ts";
import { ownBridge } from "./names.ts";
import { startUpPort } from "./start-up.ts";

export interface FootprintPort extends PortUse {
  /** Address at which the load generator (or the SUT itself, for the start-up time) reaches the port. */
  readonly address: string;
  /** `published by Docker`: who listens there for the server. */
  readonly by: string;
}

export interface FootprintAddress {
  readonly address: string;
  /** Who has it while the environment is up. */
  readonly owner: string;
  readonly text: string;
}

export interface FootprintChange {
  readonly kind: Change["kind"];
  readonly text: string;
  readonly undo: string;
}

export interface NetworkFootprint {
  readonly ports: readonly FootprintPort[];
  readonly addresses: readonly FootprintAddress[];
  readonly changes: readonly FootprintChange[];
}

/** `uses`: ports of the campaign's workloads; all of them are published, whichever runs. */
export function networkFootprint(
  choice: NetworkChoice,
  lab: Lab,
  facts: Facts | null,
  uses: readonly PortUse[],
): NetworkFootprint {
  return {
    ports: ports(choice, lab, uses),
    addresses: addresses(choice, lab, facts),
    changes: changes(choice, lab, facts),
  };
}

/** Where the load generator reaches servers of this mode, without prefix length. */
export function reachedAddress({ network: { mode } }: NetworkChoice, lab: Lab): string {
  return mode === "macvlan" || mode === "bridge" || mode === "direct"
    ? addressOf(lab.guest.address)
    : lab.sut.dataAddress;
}

function ports(choice: NetworkChoice, lab: Lab, uses: readonly PortUse[]): FootprintPort[] {
  const address = reachedAddress(choice, lab);
  const by = listenerOf(choice);
  const own = startUpAddress(choice, lab);
  return [
    ...uses.map((use) => ({ ...use, address, by })),
    ...(own === null
      ? []
      : [
          {
            port: startUpPort,
            protocol: "tcp" as const,
            workloads: ["start-up time, asked by the SUT itself"],
            address: own,
            by,
          },
        ]),
  ];
}

function listenerOf({ environment, network: { mode } }: NetworkChoice): string {
  if (mode === "nat") return "published by Docker";
  if (mode === "user") return "forwarded by QEMU";
  if (environment === "kvm") return "the server in the guest";
  return environment === "docker" ? "the server in the container" : "the server itself";
}

/** Where the SUT asks for the first answer; null where it cannot. */
function startUpAddress({ network: { mode } }: NetworkChoice, lab: Lab): string | null {
  switch (mode) {
    case "macvlan":
      return null;
    case "nat":
      return lab.sut.dataAddress;
    case "bridge":
      return addressOf(lab.guest.address);
    case "host":
    case "direct":
    case "user":
      return "127.0.0.1";
  }
}

function addresses(choice: NetworkChoice, lab: Lab, facts: Facts | null): FootprintAddress[] {
  const nic = dataInterface(lab, facts);
  const given = (owner: string): FootprintAddress => ({
    address: lab.guest.address,
    owner,
    text: "the lab's guest address, given when the session starts and free again when it ends",
  });
  switch (choice.network.mode) {
    case "host":
      return [];
    case "nat":
      return [
        {
          address: facts?.nics.find(({ name }) => name === "docker0")?.addresses[0] ?? "docker0's network",
          owner: "the container",
          text: "the next free address of this network, chosen by Docker; nobody outside of the SUT sees it",
        },
      ];
    case "macvlan":
      return [given("the container")];
    case "direct":
      return [given("the guest"), userAddress];
    case "user":
      return [userAddress];
    case "bridge":
      return [
        given("the guest"),
        ...(lab.guest.bridge === undefined
          ? [
              {
                address: addressOnNic(lab, facts),
                owner: `${ownBridge}, the SUT's bridge`,
                text: `moved there from ${nic ?? "the data interface"} with its routes, and back at the end`,
              },
            ]
          : []),
      ];
  }
}

const userAddress: FootprintAddress = {
  address: "10.0.2.15/24",
  owner: "the guest's user-mode interface",
  text: "exists inside QEMU alone",
};

function changes(choice: NetworkChoice, lab: Lab, facts: Facts | null): FootprintChange[] {
  const nic = dataInterface(lab, facts) ?? "the data interface";
  const { network } = choice;
  switch (network.mode) {
    case "host":
    case "direct":
    case "user":
      return [];
    case "nat": {
      const wanted = network.userlandProxy;
      if (wanted === undefined) return [];
      const has = facts?.docker?.userlandProxy ?? null;
      const mode = wanted ? "on" : "off";
      return [
        has === wanted
          ? {
              kind: "docker-proxy",
              text: `the userland proxy is ${mode} already: Docker's daemon is left as it is`,
              undo: "nothing",
            }
          : {
              kind: "docker-proxy",
              text: `userland proxy ${mode} in daemon.json, Docker's daemon is restarted`,
              undo: "the very file as it was, and the daemon restarted again",
            },
      ];
    }
    case "macvlan":
      return [
        { kind: "docker-network", text: `Docker network of the kind macvlan on ${nic}`, undo: "removed" },
      ];
    case "bridge":
      return [
        ...(lab.guest.bridge === undefined
          ? [
              {
                kind: "bridge" as const,
                text: `bridge ${ownBridge} over ${nic}, with its IPv4 addresses and routes`,
                undo: `removed; link state, addresses and routes of ${nic} as they were`,
              },
            ]
          : []),
        {
          kind: "sysctl",
          text: "net.bridge.bridge-nf-call-iptables = 0, where br_netfilter is loaded",
          undo: "the value as it was",
        },
      ];
  }
}

/** The SUT's data address as its interface has it, with prefix length where the facts know it. */
function addressOnNic(lab: Lab, facts: Facts | null): string {
  const found = dataNicOf(lab.sut, facts)?.addresses.find((each) => addressOf(each) === lab.sut.dataAddress);
  return found ?? lab.sut.dataAddress;
}

function addressOf(cidr: string): string {
  return cidr.split("/")[0] ?? cidr;
}
