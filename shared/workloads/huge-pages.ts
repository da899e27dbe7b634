// The line with which Tare's kernels say how much of their memory lies in huge pages (assets/kernels/pages.h).
import { readAmount } from "./output.ts";
import type { Line } from "./output.ts";

/**
 * What the line says; null where it is another line, or where the kernel of the host did not tell.
 * `percent` is null for memory that rounds to nothing.
 */
export function hugePages(tool: string, line: Line): { remark: string; percent: number | null } | null {
  const pages = /^Huge pages: ([\d.]+) of ([\d.]+) MiB \((?:madvise|default)\)$/.exec(line.text);
  if (pages === null) return null;
  const [held, all] = [readAmount(pages[1] ?? "", tool, line), readAmount(pages[2] ?? "", tool, line)];
  // The process has a little more than its arrays.
  const percent = all === 0 ? null : Math.min(100, (100 * held) / all);
  return { remark: `transparent huge pages: ${pages[1]} of ${pages[2]} MiB`, percent };
}
