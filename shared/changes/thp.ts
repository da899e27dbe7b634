// Transparent huge pages: whether the kernel uses them, and how hard it tries to make them.
import type { Change } from "../model/change.ts";
import { scriptCommand, type Scripts } from "./script.ts";

/** The files of /sys/kernel/mm/transparent_hugepage and the words each takes. */
export const thpModes = {
  enabled: ["always", "madvise", "never"],
  defrag: ["always", "defer", "defer+madvise", "madvise", "never"],
} as const;
export type ThpFile = keyof typeof thpModes;

/** The state is the word that the kernel shows in brackets. */
export function thpChange<F extends ThpFile>(
  file: F,
  mode: (typeof thpModes)[F][number],
  scripts: Scripts,
): Change {
  const what = file === "enabled" ? "transparent huge pages" : "defragmentation for transparent huge pages";
  return {
    kind: "thp",
    target: `/sys/kernel/mm/transparent_hugepage/${file}`,
    title: `Set ${what} to ${mode}`,
    probe: scriptCommand(scripts, "settings.sh", "thp-probe", file),
    wanted: mode,
    apply: [scriptCommand(scripts, "settings.sh", "thp-set", file, mode)],
    undo: [scriptCommand(scripts, "settings.sh", "thp-set", file, "{before}")],
    lasting: true,
  };
}
