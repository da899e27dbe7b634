// The kinds of change as a table: what each is called, and what is left of it after undo.
import type { ChangeKind } from "../model/change.ts";

interface KindText {
  readonly title: string;
  /** What undo brings back, for the page that asks before anything is touched. */
  readonly undo: string;
}

export const changeKindTexts: Readonly<Record<ChangeKind, KindText>> = {
  "cpu-governor": { title: "CPU frequency governor", undo: "every policy gets its former governor" },
  thp: { title: "Transparent huge pages", undo: "the former mode is set" },
  "huge-pages": { title: "Reserved huge pages", undo: "the former number is reserved" },
  sysctl: { title: "Kernel parameter", undo: "the former value is set" },
  "drop-caches": { title: "Page cache", undo: "nothing to undo: the cache fills again with use" },
  image: { title: "Docker image", undo: "the image is removed, unless it was there before" },
  container: { title: "Docker container", undo: "the container is stopped and removed" },
  guest: { title: "Virtual machine", undo: "the guest is stopped and its definition removed" },
  bridge: { title: "Network bridge", undo: "the bridge is removed; addresses and routes move back" },
  address: { title: "Network address", undo: "the address is removed, unless it was there before" },
  file: { title: "File", undo: "the file is removed" },
};
