// A Docker network of the kind macvlan: containers get an address of their own on an interface of the host.
import type { Change } from "../model/change.ts";
import { requireOwnName, scriptCommand, type Scripts } from "./script.ts";

export interface MacvlanNetwork {
  readonly name: string;
  /** Interface of the host that it is made on. */
  readonly parent: string;
  /** `198.18.4.0/24`. */
  readonly subnet: string;
  /** An address of the subnet that nobody else is given. Docker wants one and would take the first, whosoever it is. */
  readonly gateway: string;
}

/** The state is `absent` or `present <network id>`. Throws INPUT_INVALID for a name that does not start with `tare-`. */
export function dockerNetworkChange(network: MacvlanNetwork, scripts: Scripts): Change {
  const { name, parent, subnet, gateway } = network;
  requireOwnName(name);
  const options = ["--driver", "macvlan", "--label", "tare", "--subnet", subnet, "--gateway", gateway];
  return {
    kind: "docker-network",
    target: `network ${name}`,
    title: `Make Docker network ${name} (macvlan on ${parent})`,
    probe: scriptCommand(scripts, "docker.sh", "network-probe", name),
    wanted: null,
    apply: [
      { argv: ["docker", "network", "create", ...options, "--opt", `parent=${parent}`, name], root: true },
    ],
    undo: [scriptCommand(scripts, "docker.sh", "network-remove", name)],
    lasting: true,
  };
}
