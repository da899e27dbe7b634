// A file or folder on a host, made by commands and removed as a whole.
import type { Change } from "../model/change.ts";
import type { Command } from "../model/command.ts";
import { TareError } from "../model/error.ts";
import { scriptCommand, type Scripts } from "./script.ts";

/** Folders below which Tare may make and remove files. */
const fileFolders = ["/var/lib/tare", "/var/lib/libvirt/images"] as const;

export interface MadeFile {
  readonly path: string;
  /** Commands that make it, in order; nothing may stand at `path` before. */
  readonly commands: readonly Command[];
  /** A further folder that the user named for Tare's files (the data folder). */
  readonly below?: string;
}

/**
 * The state is `absent`, `unfinished` or `present`. What exists already is never replaced, and only what was
 * claimed before it was made is removed. Throws INPUT_INVALID for a path outside of the allowed folders.
 */
export function fileChange({ path, commands, below }: MadeFile, scripts: Scripts): Change {
  const folder = [...fileFolders, ...(below === undefined ? [] : [below])].find((each) =>
    isBelow(path, each),
  );
  if (folder === undefined)
    throw new TareError(
      "INPUT_INVALID",
      `${path} is outside of the folders that Tare may write to (${[...fileFolders, below ?? []].flat().join(", ")}).`,
    );
  return {
    kind: "file",
    target: path,
    title: `Make ${path}`,
    probe: scriptCommand(scripts, "made-file.sh", "probe", path),
    wanted: null,
    apply: [
      scriptCommand(scripts, "made-file.sh", "claim", folder, path),
      ...commands,
      scriptCommand(scripts, "made-file.sh", "finish", folder, path),
    ],
    undo: [scriptCommand(scripts, "made-file.sh", "remove", folder, path)],
    lasting: true,
  };
}

function isBelow(path: string, folder: string): boolean {
  const parts = path.split("/");
  return (
    /^\/[^/]+\/./.test(`${folder}/`) &&
    path.startsWith(`${folder}/`) &&
    !parts.includes("..") &&
    !parts.includes(".") &&
    !parts.slice(1).includes("")
  );
}
