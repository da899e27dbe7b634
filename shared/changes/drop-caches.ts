// Dropping the page cache, dentries and inodes: an act, not a state.
import type { Change } from "../model/change.ts";
import { scriptCommand, type Scripts } from "./script.ts";

export function dropCachesChange(scripts: Scripts): Change {
  return {
    kind: "drop-caches",
    target: "/proc/sys/vm/drop_caches",
    title: "Write dirty pages out and drop the page cache",
    probe: scriptCommand(scripts, "settings.sh", "drop-caches-probe"),
    wanted: null,
    apply: [scriptCommand(scripts, "settings.sh", "drop-caches")],
    undo: [],
    lasting: false,
  };
}
