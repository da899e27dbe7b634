// A hop of a packet's path, and what the paths of all modes are made of.
import type { Nic } from "../facts/data-nic.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";

/** Where a hop is. */
export type HopPlace = "loadgen" | "wire" | "sut";
export type HopKind = "user space" | "kernel" | "virtual device" | "device" | "wire";

export interface Hop {
  readonly title: string;
  readonly place: HopPlace;
  /** On the SUT: the host itself, or what of it a container or a guest has for itself. */
  readonly inside: "host" | "container" | "guest";
  readonly kind: HopKind;
  /** What happens here, in a sentence without its full stop. */
  readonly text: string;
  /** What it costs each packet, in a word each: `copy`, `context switch`, `translation`. Empty where next to nothing. */
  readonly costs: readonly string[];
  /** Address and ports at this point, where they are known and differ from the hop before. */
  readonly address?: string;
}

export interface PacketPath {
  readonly hops: readonly Hop[];
  /** What one might look for on the path, and why it is not there. */
  readonly beside: readonly { readonly title: string; readonly text: string }[];
}

export type PathPorts = readonly { readonly port: number; readonly protocol: "tcp" | "udp" }[];

/** What the hops are made of. */
export interface PathInputs {
  readonly lab: Lab | null;
  readonly facts: Facts | null;
  readonly ports: PathPorts;
  /** The SUT's data interface; null where it is not known. */
  readonly nic: Nic | null;
}

/** More ports than these are only counted: the table below the drawing names all. */
const mostNamed = 3;

/** The last hop of every path. */
export function serverHop(inside: Hop["inside"]): Hop {
  return {
    title: "Server",
    place: "sut",
    inside,
    kind: "user space",
    text:
      inside === "host"
        ? "reads from its socket"
        : `reads from its socket, in the ${inside === "guest" ? "guest" : "container"}`,
    costs: ["system call", "copy"],
  };
}

/** `{ address }` for a hop: `198.18.0.1 port 6379`; empty where the address is not known. */
export function addressPart(address: string | undefined, ports: PathPorts): { readonly address?: string } {
  return address === undefined ? {} : { address: `${address}${portsText(ports)}` };
}

/** ` port 6379`, ` ports 5101, 5102/udp`, `, 7 ports`; nothing where there are none. */
export function portsText(ports: PathPorts): string {
  if (ports.length === 0) return "";
  if (ports.length > mostNamed) return `, ${ports.length} ports`;
  const words = ports.map(({ port, protocol }) => (protocol === "tcp" ? String(port) : `${port}/udp`));
  return ` port${ports.length === 1 ? "" : "s"} ${words.join(", ")}`;
}
