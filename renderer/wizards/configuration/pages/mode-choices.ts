// The modes of transparent huge pages, each with what it means for a program.
import type { thpModes } from "#shared/changes/thp.ts";

type Enabled = (typeof thpModes.enabled)[number];
type Defrag = (typeof thpModes.defrag)[number];

export const enabledWords: Readonly<Record<Enabled, string>> = {
  always: "Every program gets them for its large memory, whether it asked or not.",
  madvise: "Programs that ask get them: QEMU, and Tare's STREAM, RandomAccess and LINPACK.",
  never: "Nobody gets them; to ask for them has no effect.",
};

export const defragWords: Readonly<Record<Defrag, string>> = {
  always:
    "A program waits at its page fault until memory is moved together: most huge pages, slowest faults.",
  defer: "Nobody waits: the kernel moves memory together in the background and joins small pages later.",
  "defer+madvise": "Who asked by madvise waits, for all others the kernel works in the background.",
  madvise: "Who asked by madvise waits; all others take small pages where no huge one is free.",
  never: "Nobody waits and nothing is moved: huge pages only where one is free at once.",
};
