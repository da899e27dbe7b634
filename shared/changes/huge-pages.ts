// Reservation of huge pages of one size, on one NUMA node or on all.
import type { Change } from "../model/change.ts";
import { scriptCommand, type Scripts } from "./script.ts";

export interface HugePages {
  /** 2048 or 1048576 on x86-64. */
  readonly sizeKiB: number;
  /** Null: the host as a whole; the kernel then spreads the pages over the nodes as it likes. */
  readonly node: number | null;
  readonly count: number;
}

/**
 * The state is the number of pages reserved; the kernel may give fewer than asked, and then the change fails. Of a host
 * with several nodes as a whole it goes on with a line for each node, so that undo puts the pages back where they were.
 */
export function hugePagesChange({ sizeKiB, node, count }: HugePages, scripts: Scripts): Change {
  const place = [String(sizeKiB), node === null ? "all" : String(node)];
  const pages = `hugepages-${sizeKiB}kB/nr_hugepages`;
  return {
    kind: "huge-pages",
    target:
      node === null
        ? `/sys/kernel/mm/hugepages/${pages}`
        : `/sys/devices/system/node/node${node}/hugepages/${pages}`,
    title: `Reserve ${count} huge pages of ${sizeText(sizeKiB)}${node === null ? "" : ` on NUMA node ${node}`}`,
    probe: scriptCommand(scripts, "settings.sh", "huge-pages-probe", ...place),
    wanted: String(count),
    apply: [scriptCommand(scripts, "settings.sh", "huge-pages-set", ...place, String(count))],
    undo: [scriptCommand(scripts, "settings.sh", "huge-pages-set", ...place, "{before}")],
    lasting: true,
  };
}

function sizeText(sizeKiB: number): string {
  if (sizeKiB % (1024 * 1024) === 0) return `${sizeKiB / (1024 * 1024)} GiB`;
  return sizeKiB % 1024 === 0 ? `${sizeKiB / 1024} MiB` : `${sizeKiB} KiB`;
}
