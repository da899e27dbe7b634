// What the facts already say against overwriting a block device. The proof on the host (assets/host/device.sh) comes later and is stricter.
import type { Configuration, DeviceStorage } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { DeviceRoom } from "../model/workload.ts";
import { error, warning, type Finding } from "./checks.ts";

/** The block device that a configuration chose; null where test data lies on a file system. */
export function deviceOf({ environment, storage }: Configuration): DeviceStorage | null {
  if (environment === "kvm") return storage.device ?? null;
  return storage.kind === "device" ? storage.device : null;
}

/** The device with its size, as the facts have it. */
export function deviceRoom(configuration: Configuration, facts: Facts): DeviceRoom | undefined {
  const device = deviceOf(configuration);
  if (device === null) return undefined;
  const block = facts.blocks.find(({ name }) => pathOf(name) === device.path);
  return { path: device.path, sizeBytes: block?.sizeBytes ?? null };
}

/** Findings at `storage.device.path` and `storage.device.serial`; none where the configuration chose no device. */
export function blockDeviceFindings(configuration: Configuration, facts: Facts): readonly Finding[] {
  const device = deviceOf(configuration);
  if (device === null) return [];
  const { path, serial } = device;
  const at = "storage.device.path";
  const block = facts.blocks.find(({ name }) => pathOf(name) === path);
  if (block !== undefined) return [...useFindings(block, at), ...serialFindings(block, serial)];
  const disk = facts.blocks.find(({ partitions }) => partitions.some((name) => pathOf(name) === path));
  if (disk !== undefined)
    return [error(at, `${path} is a partition of ${pathOf(disk.name)}; Tare uses whole devices only.`)];
  if (path.slice("/dev/".length).includes("/"))
    return [
      warning(
        at,
        `The facts do not tell which device ${path} leads to; the proof on ${facts.hostname} before each session does.`,
      ),
    ];
  return [
    error(
      at,
      `${facts.hostname} has no block device ${path}; it has: ${facts.blocks.map(({ name }) => pathOf(name)).join(", ") || "none"}.`,
    ),
  ];
}

type Block = Facts["blocks"][number];

/** The kernel writes `cciss!c0d0` for /dev/cciss/c0d0. */
export function pathOf(name: string): string {
  return `/dev/${name.replaceAll("!", "/")}`;
}

/** What uses a device, as the facts tell: `is mounted at /`, `has partitions (sda1)`; empty where it is free. */
export function deviceUses({ mounts, partitions, holders, fileSystem }: Block): readonly string[] {
  return [
    ...(mounts.includes("[swap]") ? ["is used as swap"] : []),
    ...mounts.filter((point) => point !== "[swap]").map((point) => `is mounted at ${point}`),
    ...(partitions.length === 0 ? [] : [`has partitions (${partitions.join(", ")})`]),
    ...(holders.length === 0 ? [] : [`carries ${holders.join(", ")}`]),
    ...(fileSystem === null ? [] : [`holds ${fileSystem}`]),
  ];
}

function useFindings(block: Block, field: string): Finding[] {
  const uses = deviceUses(block);
  return uses.length === 0 ? [] : [error(field, `${pathOf(block.name)} is not free: it ${uses.join(", ")}.`)];
}

function serialFindings({ name, serial }: Block, typed: string): Finding[] {
  if (serial === null || serial === typed) return [];
  return [
    error(
      "storage.device.serial",
      `The serial number of ${pathOf(name)} is "${serial}", and "${typed}" was typed.`,
    ),
  ];
}
