// A guest's way to the networks: its interfaces as the domain and the guest itself get them, and where the SUT and
// the load generator reach it.
import type { Change } from "../model/change.ts";
import type { KvmConfiguration } from "../model/configuration.ts";
import { TareError } from "../model/error.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { bridgeChange } from "../changes/bridge.ts";
import { bridgedTrafficChange } from "../changes/sysctl.ts";
import type { EnvironmentContext } from "./environment.ts";
import { inNetwork, ipv4Number, parseCidr } from "./ipv4.ts";
import { ownBridge } from "./names.ts";
import { startUpPort } from "./start-up.ts";

type GuestContext = EnvironmentContext<KvmConfiguration>;

/** Port of 127.0.0.1 on the SUT behind which a guest with a user-mode interface has its SSH server. */
export const forwardedSshPort = 22022;

/** QEMU's user-mode network as it is by itself: the guest's address, and the host as its gateway. */
const userNetwork = { address: "10.0.2.15/24", gateway: "10.0.2.2" } as const;
/** Alone in its network. The third byte differs from that of guests on the data network. */
const userMac = "52:54:01:00:02:0f";
const localhost = "127.0.0.1";

/** An interface of QEMU's user-mode network: `forwards` as its option hostfwd takes them. */
export interface UserInterface {
  readonly mac: string;
  readonly forwards: readonly string[];
}

/** Interfaces of a guest: on the data network through a bridge or macvtap, in a user-mode network, or both. */
export interface GuestInterfaces {
  readonly data:
    | { readonly kind: "bridge"; readonly bridge: string; readonly mac: string }
    | { readonly kind: "direct"; readonly device: string; readonly mac: string }
    | null;
  readonly user: UserInterface | null;
}

/** The guest's address on the data network without its prefix length. Throws INPUT_INVALID where it is none. */
export function guestAddress(lab: Lab): string {
  const cidr = parseCidr(lab.guest.address);
  if (cidr === null)
    throw new TareError("INPUT_INVALID", `The guest's address ${lab.guest.address} is not an IPv4 address.`);
  return cidr.address;
}

/** Where the load generator reaches the guest: at an address of its own, or behind forwarded ports of the SUT. */
export function guestServerAddress({ network }: KvmConfiguration, lab: Lab): string {
  return network.mode === "user" ? lab.sut.dataAddress : guestAddress(lab);
}

/** Where the SUT reaches the guest's SSH server. macvtap keeps the host and its own guests apart, hence the forwarded port. */
export function guestSshEndpoint(
  { network }: KvmConfiguration,
  lab: Lab,
): { readonly address: string; readonly port: number } {
  return network.mode === "bridge"
    ? { address: guestAddress(lab), port: 22 }
    : { address: localhost, port: forwardedSshPort };
}

/** Where the SUT reaches the port of the start-up time. */
export function guestStartUpAddress({ network }: KvmConfiguration, lab: Lab): string {
  return network.mode === "bridge" ? guestAddress(lab) : localhost;
}

/** Throws INPUT_INVALID where the data interface is not known, or ports cannot be forwarded on the data address. */
export function guestInterfaces(context: GuestContext): GuestInterfaces {
  const { configuration, lab } = context;
  switch (configuration.network.mode) {
    case "bridge":
      return {
        data: { kind: "bridge", bridge: lab.guest.bridge ?? ownBridge, mac: guestMac(lab) },
        user: null,
      };
    case "direct":
      return {
        data: { kind: "direct", device: requiredDataInterface(context), mac: guestMac(lab) },
        user: { mac: userMac, forwards: forwardsToUs },
      };
    case "user":
      return {
        data: null,
        user: { mac: userMac, forwards: [...publishedForwards(context), ...forwardsToUs] },
      };
  }
}

/** The interfaces as guest-init.sh configures them: `tare.nic=MAC,ADDRESS/PREFIX,GATEWAY`, the gateway empty where there is none. */
export function interfaceArguments(context: GuestContext): readonly string[] {
  const { configuration, lab } = context;
  const { data, user } = guestInterfaces(context);
  const alone = configuration.network.mode === "user";
  return [
    ...(data === null ? [] : [`tare.nic=${data.mac},${lab.guest.address},${dataGateway(context) ?? ""}`]),
    ...(user === null
      ? []
      : [`tare.nic=${user.mac},${userNetwork.address},${alone ? userNetwork.gateway : ""}`]),
  ];
}

/** Changes that join the guest to the data network. Throws INPUT_INVALID where the data interface is not known. */
export function guestNetworkChanges(context: GuestContext): readonly Change[] {
  const { configuration, lab, scripts } = context;
  if (configuration.network.mode !== "bridge") return [];
  if (lab.guest.bridge !== undefined) return [bridgedTrafficChange(scripts)];
  return [
    bridgeChange(
      { bridge: ownBridge, nic: requiredDataInterface(context), managementAddress: lab.sut.address },
      scripts,
    ),
    bridgedTrafficChange(scripts),
  ];
}

/** The interface that the lab names, or that carries the data address; null where neither is known. */
export function dataInterface(lab: Lab, facts: Facts | null): string | null {
  const carries = (address: string) => address.split("/")[0] === lab.sut.dataAddress;
  return lab.sut.dataInterface ?? facts?.nics.find(({ addresses }) => addresses.some(carries))?.name ?? null;
}

function requiredDataInterface({ lab, facts }: GuestContext): string {
  const nic = dataInterface(lab, facts);
  if (nic !== null) return nic;
  throw new TareError(
    "INPUT_INVALID",
    `No interface of the system under test carries its data address ${lab.sut.dataAddress}. Name the data interface, or a bridge, in the lab.`,
  );
}

const forwardsToUs = [
  `tcp:${localhost}:${forwardedSshPort}-:22`,
  `tcp:${localhost}:${startUpPort}-:${startUpPort}`,
] as const;

function publishedForwards({ lab, ports }: GuestContext): readonly string[] {
  const address = lab.sut.dataAddress;
  if (ipv4Number(address) === null)
    throw new TareError(
      "INPUT_INVALID",
      `QEMU's user-mode network forwards ports of an IPv4 address, and the data address of the system under test is ${address}. Give its IPv4 address in the lab.`,
    );
  return ports.map(({ port, protocol }) => `${protocol}:${address}:${port}-:${port}`);
}

/** The SUT, where the load generator is in another network than the guest; null where it is a neighbour. Through macvtap the SUT is none. */
function dataGateway({ configuration, lab }: GuestContext): string | null {
  if (configuration.network.mode === "direct") return null;
  if (inNetwork(lab.loadgen.dataAddress, lab.guest.address)) return null;
  return inNetwork(lab.sut.dataAddress, lab.guest.address) ? lab.sut.dataAddress : null;
}

/** Made of the address, so that neighbours' caches stay true from one session to the next. */
export function guestMac(lab: Lab): string {
  const number = ipv4Number(guestAddress(lab)) ?? 0;
  const bytes = [16, 8, 0].map((shift) => ((number >>> shift) & 0xff).toString(16).padStart(2, "0"));
  return `52:54:00:${bytes.join(":")}`;
}
