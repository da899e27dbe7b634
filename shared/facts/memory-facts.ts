// The memory part of the facts: sizes, NUMA nodes, transparent and reserved huge pages.
import type { Facts } from "../model/facts.ts";
import { freeHugeRanges } from "./buddy-info.ts";
import { keyedLines, type ProbeText, unreadable, wholeNumber } from "./probe-text.ts";

type MemoryFacts = Facts["memory"];

const thp = "/sys/kernel/mm/transparent_hugepage";

export function readMemory(probe: ProbeText): MemoryFacts {
  const info = keyedLines(probe.file("/proc/meminfo"));
  const bytes = (key: string) => kilobytes(info.get(key));
  const totalBytes = bytes("MemTotal");
  if (totalBytes === null)
    throw unreadable("/proc/meminfo has no MemTotal", probe.file("/proc/meminfo") ?? "");
  const swapTotalBytes = bytes("SwapTotal") ?? 0;
  const allowedNodes = keyedLines(probe.file("/proc/self/status")).get("Mems_allowed_list");
  const enabled = chosen(probe.value(`${thp}/enabled`));
  return {
    totalBytes,
    availableBytes: bytes("MemAvailable") ?? bytes("MemFree") ?? 0,
    swapTotalBytes,
    swapUsedBytes: Math.max(0, swapTotalBytes - (bytes("SwapFree") ?? 0)),
    ...(allowedNodes === undefined ? {} : { allowedNodes }),
    nodes: readNodes(probe),
    thp: enabled === null ? null : { enabled, defrag: chosen(probe.value(`${thp}/defrag`)) ?? "unknown" },
    hugePages: readHugePages(probe),
  };
}

function kilobytes(text: string | undefined): number | null {
  const number = wholeNumber(text?.replace(/ kB$/, ""));
  return number === null ? null : number * 1024;
}

/** The choice in brackets: `always [madvise] never`. */
function chosen(text: string | null): string | null {
  return /\[([^\]]+)\]/.exec(text ?? "")?.[1] ?? null;
}

function readNodes(probe: ProbeText): MemoryFacts["nodes"] {
  const free2M = freeHugeRanges(probe.file("/proc/buddyinfo"), basePageBytes(probe));
  return probe
    .files(/^\/sys\/devices\/system\/node\/node(\d+)\/meminfo$/)
    .map(({ groups, value }) => {
      const node = Number(groups[0]);
      const pieces = free2M?.get(node);
      const info = keyedLines(value.replaceAll(/^Node \d+ /gm, ""));
      return {
        node,
        // A node without CPUs (memory only) has an empty list.
        cpus: probe.value(`/sys/devices/system/node/node${node}/cpulist`) ?? "",
        totalBytes: kilobytes(info.get("MemTotal")) ?? 0,
        freeBytes: kilobytes(info.get("MemFree")) ?? 0,
        ...(pieces === undefined ? {} : { free2M: pieces }),
      };
    })
    .sort((a, b) => a.node - b.node);
}

/** Null where the probe could not tell; an x86 kernel has no other choice than 4 KiB. */
function basePageBytes(probe: ProbeText): number | null {
  const told = wholeNumber(probe.meta("pageBytes"));
  return told ?? (/^(x86_64|i.86)$/.test(probe.meta("architecture") ?? "") ? 4096 : null);
}

function readHugePages(probe: ProbeText): MemoryFacts["hugePages"] {
  const pattern =
    /^(\/sys\/(?:kernel\/mm|devices\/system\/node\/node(\d+))\/hugepages\/hugepages-(\d{1,9})kB)\/nr_hugepages$/;
  return probe
    .files(pattern)
    .map(({ groups: [folder = "", node, size], value }) => ({
      sizeBytes: Number(size) * 1024,
      node: wholeNumber(node),
      total: wholeNumber(value) ?? 0,
      free: probe.number(`${folder}/free_hugepages`) ?? 0,
    }))
    .sort((a, b) => a.sizeBytes - b.sizeBytes || (a.node ?? -1) - (b.node ?? -1));
}
