// One more IPv4 address on an interface.
import type { Change } from "../model/change.ts";
import { present, scriptCommand, type Scripts } from "./script.ts";

export interface AddedAddress {
  /** With prefix length: `198.18.0.65/24`. */
  readonly address: string;
  readonly interface: string;
}

/** The state is `absent` or `present`; an address that is there already is left alone. */
export function addressChange({ address, interface: name }: AddedAddress, scripts: Scripts): Change {
  return {
    kind: "address",
    target: `address ${address} on ${name}`,
    title: `Add address ${address} to ${name}`,
    probe: scriptCommand(scripts, "network.sh", "address-probe", name, address),
    wanted: present,
    apply: [scriptCommand(scripts, "network.sh", "address-add", name, address)],
    undo: [scriptCommand(scripts, "network.sh", "address-remove", name, address)],
    lasting: true,
  };
}
