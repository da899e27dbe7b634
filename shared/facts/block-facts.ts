// The storage part of the facts: block devices, what they are and what uses them.
import type { Facts } from "../model/facts.ts";
import { parseJson, type ProbeText, wholeNumber } from "./probe-text.ts";

type BlockFacts = Facts["blocks"][number];

/** Disks, and what stands on disks (dm, md, loop); devices without a size are left out. Partitions are listed with their disk. */
export function readBlocks(probe: ProbeText): BlockFacts[] {
  const mounts = readMounts(probe);
  const described = readLsblk(probe.command("lsblk"));
  return (
    probe
      .files(/^\/sys\/block\/([^/]+)\/size$/)
      .map(({ groups, value }) => ({ name: groups[0] ?? "", sectors: wholeNumber(value) ?? 0 }))
      // Hidden paths of multipath NVMe have a size, but no device number.
      .filter(({ name, sectors }) => sectors > 0 && probe.value(`/sys/block/${name}/dev`) !== null)
      .map(({ name, sectors }) => readBlock(probe, name, sectors, mounts, described))
      .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))
  );
}

function readBlock(
  probe: ProbeText,
  name: string,
  sectors: number,
  mounts: readonly Mount[],
  described: ReadonlyMap<string, Described>,
): BlockFacts {
  const folder = `/sys/block/${name}`;
  const partitions = probe
    .files(/^\/sys\/block\/([^/]+)\/([^/]+)\/partition$/)
    .filter(({ groups }) => groups[0] === name)
    .map(({ groups }) => groups[1] ?? "");
  const mapped = probe.value(`${folder}/dm/name`);
  const sources = [name, ...partitions, ...(mapped === null ? [] : [`mapper/${mapped}`])];
  const numbers = [folder, ...partitions.map((part) => `${folder}/${part}`)].map((path) =>
    probe.value(`${path}/dev`),
  );
  const own = mounts.filter(
    (mount) => numbers.includes(mount.device) || sources.some((source) => mount.source === `/dev/${source}`),
  );
  const whole = own.find(
    (mount) =>
      mount.device === numbers[0] || mount.source === `/dev/${mapped === null ? name : sources.at(-1)}`,
  );
  const lsblk = described.get(name);
  return {
    name,
    // The kernel counts 512-byte sectors here whatever the device's own are.
    sizeBytes: sectors * 512,
    model: probe.value(`${folder}/device/model`) ?? lsblk?.model ?? null,
    // The same order as in assets/host/device.sh: this is what a person types to confirm a device.
    serial:
      lsblk?.serial ??
      ["serial", "device/serial", "wwid", "device/wwid", "dm/uuid", "loop/backing_file"]
        .map((file) => probe.value(`${folder}/${file}`))
        .find((value) => value !== null && value !== "") ??
      null,
    rotational: probe.value(`${folder}/queue/rotational`) === "1",
    scheduler: readScheduler(probe.value(`${folder}/queue/scheduler`)),
    mounts: [...new Set(own.map((mount) => mount.point))],
    holders: [
      ...new Set(
        probe
          .paths(/^\/sys\/block\/([^/]+)\/(?:[^/]+\/)?holders\/(.+)$/)
          .filter(([disk]) => disk === name)
          .map(([, holder]) => holder ?? ""),
      ),
    ],
    partitions,
    fileSystem: whole?.type ?? lsblk?.fileSystem ?? null,
    node: adapterNode(probe, folder),
    ...(partitions.length === 0
      ? {}
      : { parts: partitions.map((part) => readPart(probe, name, part, mounts, described)) }),
  };
}

function readPart(
  probe: ProbeText,
  disk: string,
  name: string,
  mounts: readonly Mount[],
  described: ReadonlyMap<string, Described>,
): NonNullable<BlockFacts["parts"]>[number] {
  const folder = `/sys/block/${disk}/${name}`;
  const number = probe.value(`${folder}/dev`);
  const sectors = wholeNumber(probe.value(`${folder}/size`));
  const own = mounts.filter(({ device, source }) => device === number || source === `/dev/${name}`);
  return {
    name,
    sizeBytes: sectors === null ? null : sectors * 512,
    mounts: [...new Set(own.map(({ point }) => point))],
    holders: probe
      .paths(/^\/sys\/block\/([^/]+)\/([^/]+)\/holders\/(.+)$/)
      .filter(([device, part]) => device === disk && part === name)
      .map(([, , holder]) => holder ?? ""),
    fileSystem: own[0]?.type ?? described.get(name)?.fileSystem ?? null,
  };
}

/** That of the nearest device above the disk that tells one. */
function adapterNode(probe: ProbeText, folder: string): number | null {
  const above = [0, 1, 2, 3, 4, 5, 6].map((levels) => `device${"/..".repeat(levels)}`);
  const [own = "", ...parents] = above;
  for (const place of [own, "device/device", ...parents]) {
    const node = probe.number(`${folder}/${place}/numa_node`);
    if (node !== null) return node;
  }
  return null;
}

/** `[mq-deadline] kyber none`; a device without a choice says `none`. */
function readScheduler(text: string | null): string | null {
  return /\[([^\]]+)\]/.exec(text ?? "")?.[1] ?? text;
}

interface Mount {
  readonly device: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
}

/** Mounts of this mount namespace, and swap areas as the point `[swap]`. */
function readMounts(probe: ProbeText): Mount[] {
  const mounted = (probe.file("/proc/self/mountinfo") ?? "").split("\n").flatMap((line): Mount[] => {
    const [before = "", after = ""] = line.split(" - ");
    const [, , device, , point] = before.split(" ");
    const [type, source] = after.split(" ");
    if (device === undefined || point === undefined || type === undefined || source === undefined) return [];
    return [{ device, point: unescaped(point), type, source: unescaped(source) }];
  });
  const swapped = [...(probe.file("/proc/swaps") ?? "").matchAll(/^(\/\S+)\s+\S+\s+\d+/gm)].map((match) => ({
    device: "",
    point: "[swap]",
    type: "swap",
    source: unescaped(match[1] ?? ""),
  }));
  return [...mounted, ...swapped];
}

/** /proc writes space, tab, newline and backslash as octal. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

interface Described {
  readonly serial: string | null;
  readonly model: string | null;
  readonly fileSystem: string | null;
}

/** lsblk knows what udev knows; where its output is cut or missing, sysfs alone speaks. */
function readLsblk(text: string | null): Map<string, Described> {
  const found = new Map<string, Described>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    const entry = value as Record<string, unknown>;
    const field = (key: string) => {
      const content = entry[key];
      return typeof content === "string" && content.trim() !== "" ? content.trim() : null;
    };
    const name = field("name");
    if (name !== null)
      found.set(name, { serial: field("serial"), model: field("model"), fileSystem: field("fstype") });
    visit(entry["children"]);
  };
  const parsed = parseJson(text);
  if (typeof parsed === "object" && parsed !== null)
    visit((parsed as Record<string, unknown>)["blockdevices"]);
  return found;
}
