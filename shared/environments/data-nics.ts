// The interfaces of the SUT whose hardware carries the data network: the data interface, or what is joined to it.
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { dataInterface } from "./guest-network.ts";

/**
 * Names of the data interface where it has interrupts of its own, else of the members of that bridge or bond that have, a bond in
 * a bridge included; empty where the data interface is not known, or nothing behind it has interrupts (veth, dummy).
 */
export function dataNics(lab: Lab | null, facts: Facts): readonly string[] {
  const name = lab === null ? null : dataInterface(lab, facts);
  return name === null ? [] : interruptedBy(name, facts.nics, new Set());
}

/** `seen`: names that were looked at, so that facts that name each other as members end. */
function interruptedBy(name: string, nics: Facts["nics"], seen: Set<string>): readonly string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  if (nics.some((nic) => nic.name === name && nic.irqs.length > 0)) return [name];
  return nics
    .filter(({ master }) => master === name)
    .flatMap((member) => interruptedBy(member.name, nics, seen));
}
