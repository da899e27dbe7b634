// What stands against a guest's way to the data network: its address, the bridge or interface that it is joined by.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { error, warning, type Finding } from "./checks.ts";
import { dataInterface } from "./guest-network.ts";
import { inNetwork, ipv4Number, parseCidr } from "./ipv4.ts";

const field = "network.mode";

/** Nothing for a user-mode network, which has no address on the data network. */
export function guestNetworkFindings(
  { network }: KvmConfiguration,
  lab: Lab,
  facts: Facts,
): readonly Finding[] {
  // Every machine has lo: where there is no interface at all, none were read.
  if (facts.nics.length === 0) return [];
  switch (network.mode) {
    case "user":
      return ipv4Number(lab.sut.dataAddress) === null
        ? [
            error(
              field,
              `QEMU forwards ports of an IPv4 address, and the data address of the system under test is ${lab.sut.dataAddress}. Give its IPv4 address in the lab.`,
            ),
          ]
        : [];
    case "direct":
      return [...interfaceFindings("macvtap", lab, facts), ...addressFindings("direct", lab, facts)];
    case "bridge":
      return [...bridgeFindings(lab, facts), ...addressFindings("bridge", lab, facts)];
  }
}

function bridgeFindings(lab: Lab, facts: Facts): readonly Finding[] {
  const { bridge } = lab.guest;
  if (bridge !== undefined)
    return facts.nics.some(({ name }) => name === bridge)
      ? []
      : [error(field, `${facts.hostname} has no bridge ${bridge}, which the lab names for its guests.`)];
  const name = dataInterface(lab, facts);
  const nic = facts.nics.find((each) => each.name === name);
  const carriesSsh = nic?.addresses.some((each) => each.split("/")[0] === lab.sut.address) === true;
  return [
    ...interfaceFindings("A bridge", lab, facts),
    ...(carriesSsh
      ? [
          error(
            field,
            `${name} of ${facts.hostname} carries ${lab.sut.address}, the address that Tare connects to, so it is not put into a bridge. Name a bridge that exists in the lab.`,
          ),
        ]
      : []),
  ];
}

/** What is made on the data interface needs one that is known and in no bridge or bond. */
function interfaceFindings(what: "macvtap" | "A bridge", lab: Lab, facts: Facts): readonly Finding[] {
  const host = facts.hostname;
  const name = dataInterface(lab, facts);
  if (name === null)
    return [
      error(
        field,
        `${what} needs the data interface, and no interface of ${host} carries ${lab.sut.dataAddress}. Name it in the lab.`,
      ),
    ];
  const nic = facts.nics.find((each) => each.name === name);
  if (nic === undefined) return [error(field, `${host} has no interface ${name}.`)];
  if (nic.master === null) return [];
  return [
    error(
      field,
      what === "macvtap"
        ? `${name} of ${host} is a member of ${nic.master}; macvtap needs an interface of its own.`
        : `${name} of ${host} is a member of ${nic.master}; name that bridge in the lab.`,
    ),
  ];
}

/** Whether load generator and SUT can speak to the guest: as neighbours, or through the SUT. Host names are left out. */
function addressFindings(mode: "bridge" | "direct", lab: Lab, facts: Facts): readonly Finding[] {
  const { guest, sut, loadgen } = lab;
  const parsed = parseCidr(guest.address);
  if (parsed === null) return [error(field, `The guest address ${guest.address} is no IPv4 address.`)];
  for (const [title, address] of [
    ["system under test", sut.dataAddress],
    ["load generator", loadgen.dataAddress],
  ] as const)
    if (address === parsed.address)
      return [error(field, `The guest address ${guest.address} is that of the ${title}.`)];
  if ([sut, loadgen].some(({ dataAddress }) => ipv4Number(dataAddress) === null)) return [];
  const near = inNetwork(loadgen.dataAddress, guest.address);
  const sutNear = inNetwork(sut.dataAddress, guest.address);
  if (mode === "direct")
    return near
      ? []
      : [
          error(
            field,
            `The guest address ${guest.address} is not in the data network of the load generator (${loadgen.dataAddress}), and through macvtap nobody routes to it.`,
          ),
        ];
  if (near) {
    const reached =
      sutNear || facts.nics.some(({ addresses }) => addresses.some((each) => isIn(each, guest.address)));
    return reached
      ? []
      : [
          error(
            field,
            `The guest address ${guest.address} is in no network of the system under test (${sut.dataAddress}), which logs in to the guest.`,
          ),
        ];
  }
  return [
    sutNear
      ? warning(
          field,
          `The load generator (${loadgen.dataAddress}) is in another network than the guest address ${guest.address}: its packets are routed by the system under test, which has to forward them, and the load generator needs a route.`,
        )
      : error(
          field,
          `The guest address ${guest.address} is neither in the data network of the system under test (${sut.dataAddress}) nor in that of the load generator (${loadgen.dataAddress}).`,
        ),
  ];
}

function isIn(address: string, network: string): boolean {
  return inNetwork(address.split("/")[0] ?? "", network);
}
