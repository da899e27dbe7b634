// What a test of reachability can try before an environment is up: ports that have to be free, and from where they are
// to be reached; what only the environment itself can show is said in words.
import type { Lab } from "../model/lab.ts";
import { hasOwnAddress, type NetworkChoice } from "../model/network-choice.ts";
import { forwardedSshPort } from "./guest-network.ts";
import type { PathPorts } from "./hop.ts";
import { reachedAddress } from "./network-footprint.ts";
import { startUpPort } from "./start-up.ts";

export interface ReachPort {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Address of the SUT that it has to be free on; `*`: all of them, as servers on the host itself listen. */
  readonly bind: string;
  /** Whether the load generator has to get there, or only the SUT itself. */
  readonly from: "loadgen" | "sut";
}

/** Ports of the SUT that the mode uses; servers at an address of their own use none. */
export function reachPorts(choice: NetworkChoice, lab: Lab, ports: PathPorts): readonly ReachPort[] {
  const { mode } = choice.network;
  const local = (port: number, bind: string): ReachPort => ({ port, protocol: "tcp", bind, from: "sut" });
  const served = (bind: string) => ports.map((each): ReachPort => ({ ...each, bind, from: "loadgen" }));
  switch (mode) {
    case "host":
      return [...served("*"), local(startUpPort, "*")];
    case "nat":
      return [...served(lab.sut.dataAddress), local(startUpPort, lab.sut.dataAddress)];
    case "user":
      return [
        ...served(lab.sut.dataAddress),
        local(startUpPort, "127.0.0.1"),
        local(forwardedSshPort, "127.0.0.1"),
      ];
    case "direct":
      return [local(startUpPort, "127.0.0.1"), local(forwardedSshPort, "127.0.0.1")];
    case "macvlan":
    case "bridge":
      return [];
  }
}

/** As assets/kernels/port-listener.c and assets/host/reach-ports.sh name a port: `tcp/6379`. */
export function portName({ port, protocol }: Pick<ReachPort, "port" | "protocol">): string {
  return `${protocol}/${port}`;
}

/** What cannot be tried before the environment is up, and who tries it then; null where all can. */
export function untestedText(choice: NetworkChoice, lab: Lab): string | null {
  const later = "Before each measurement the campaign connects to the server's port first.";
  if (choice.network.mode === "host") return null;
  if (choice.network.mode === "nat")
    return `Docker's own rules and the way through docker0 are there only with a container. ${later}`;
  if (!hasOwnAddress(choice)) return `QEMU's forwarding is there only with a guest. ${later}`;
  const who = choice.environment === "docker" ? "container" : "guest";
  return `Nobody has ${reachedAddress(choice, lab)} before the ${who} is up, so its ports cannot be tried, nor whether the network lets a second MAC address through. ${later}`;
}
