// Names, folders and addresses of one demo lab, all derived from its id and its slot: pure.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";

/** All demo labs live in the range that RFC 2544 reserves for benchmarks between devices. */
export const benchmarkRange = "198.18.0.0/15";
/** A slot is a /23 of the range: one /24 for the data link, two /30 of the next /24 for management. */
export const slotCount = 256;

export interface HostNames {
  readonly role: HostRole;
  readonly hostname: string;
  /** Network namespace, and cgroup in every hierarchy. */
  readonly namespace: string;
  /** This machine's end of the management link. */
  readonly outerInterface: string;
  readonly outerAddress: string;
  readonly managementAddress: string;
  readonly dataAddress: string;
  readonly folder: string;
}

export interface LabNames {
  readonly id: string;
  readonly slot: number;
  readonly folder: string;
  readonly range: string;
  readonly guestAddress: string;
  readonly hosts: Readonly<Record<HostRole, HostNames>>;
}

/** Where the state of demo labs stands: a real file system, as their disks are there. */
export const defaultStateFolder = "/var/lib/tare-demo";

export const dataInterface = "data0";
export const managementInterface = "mgmt0";

export function labFolder(stateFolder: string, id: string): string {
  return join(stateFolder, id);
}

export function namespaceName(id: string, role: HostRole): string {
  return `tare-${id}-${role}`;
}

/** Interface names have at most 15 characters and ids may have 80, so they carry the slot. */
export function outerInterfaceName(slot: number, role: HostRole): string {
  return `tare-${slot}-${role === "sut" ? "sut" : "load"}`;
}

/** Slot that a lab takes when it is free; the next ones are tried in order. */
export function preferredSlot(id: string): number {
  return createHash("sha256").update(id).digest().readUInt16BE(0) % slotCount;
}

export function slotRange(slot: number): string {
  return `${slotPrefix(slot, 0)}.0/23`;
}

export function labNames(stateFolder: string, id: string, slot: number): LabNames {
  const folder = labFolder(stateFolder, id);
  const data = slotPrefix(slot, 0);
  const management = slotPrefix(slot, 1);
  const host = (role: HostRole): HostNames => {
    const index = hostRoles.indexOf(role);
    return {
      role,
      hostname: `${id.replaceAll(".", "-").slice(0, 54)}-${role}`,
      namespace: namespaceName(id, role),
      outerInterface: outerInterfaceName(slot, role),
      outerAddress: `${management}.${index * 4 + 1}`,
      managementAddress: `${management}.${index * 4 + 2}`,
      dataAddress: `${data}.${index + 1}`,
      folder: join(folder, role),
    };
  };
  return {
    id,
    slot,
    folder,
    range: slotRange(slot),
    guestAddress: `${data}.64/24`,
    hosts: { sut: host("sut"), loadgen: host("loadgen") },
  };
}

function slotPrefix(slot: number, part: 0 | 1): string {
  const block = slot * 2 + part;
  return `198.${18 + Math.floor(block / 256)}.${block % 256}`;
}
