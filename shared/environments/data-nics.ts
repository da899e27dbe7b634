// The interfaces of the SUT whose hardware carries the data network: the data interface, or what is joined to it.
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { dataInterface } from "./guest-network.ts";

/**
 * Names of the data interface where it has interrupts of its own, else of the members of that bridge or bond that have;
 * empty where the data interface is not known, or nothing behind it has interrupts (veth, dummy).
 */
export function dataNics(lab: Lab | null, facts: Facts): readonly string[] {
  const name = lab === null ? null : dataInterface(lab, facts);
  if (name === null) return [];
  const own = facts.nics.filter((nic) => nic.name === name && nic.irqs.length > 0);
  const members = facts.nics.filter((nic) => nic.master === name && nic.irqs.length > 0);
  return (own.length > 0 ? own : members).map((nic) => nic.name);
}
