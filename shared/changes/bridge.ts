// A Linux bridge over a network interface that takes over its IPv4 addresses and routes.
import type { Change } from "../model/change.ts";
import { requireOwnName, scriptCommand, type Scripts } from "./script.ts";
import { TareError } from "../model/error.ts";

export interface BridgeOver {
  /** At most 15 characters, starts with `tare-`. */
  readonly bridge: string;
  readonly nic: string;
  /** The host's own address that SSH uses: an interface that carries it is never touched. */
  readonly managementAddress: string;
}

/**
 * The state is `absent` or `present`, followed by the interface's link state, addresses and routes: undo restores
 * exactly these. Throws INPUT_INVALID for a name that does not start with `tare-` or is longer than 15 characters.
 */
export function bridgeChange({ bridge, nic, managementAddress }: BridgeOver, scripts: Scripts): Change {
  requireOwnName(bridge);
  if (bridge.length > 15)
    throw new TareError(
      "INPUT_INVALID",
      `"${bridge}" is longer than the 15 characters of an interface's name.`,
    );
  return {
    kind: "bridge",
    target: `bridge ${bridge} over ${nic}`,
    title: `Make bridge ${bridge} over ${nic} and move its IPv4 addresses and routes to it`,
    probe: scriptCommand(scripts, "network.sh", "bridge-probe", bridge, nic),
    wanted: null,
    apply: [scriptCommand(scripts, "network.sh", "bridge-make", bridge, nic, managementAddress)],
    undo: [scriptCommand(scripts, "network.sh", "bridge-remove", bridge, nic, "{before}")],
    lasting: true,
  };
}
