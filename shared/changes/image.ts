// A Docker image, imported from a root file system on the host.
import type { Change } from "../model/change.ts";
import { present, requireOwnName, scriptCommand, type Scripts } from "./script.ts";

export interface ImportedImage {
  /** `tare-userland:<hash>`: names its content, so an image that is there already is the same and is left alone. */
  readonly tag: string;
  /** A tar archive, or a folder that is packed on the way. */
  readonly source: { readonly archive: string } | { readonly tree: string };
}

/** The state is `absent` or `present`. Throws INPUT_INVALID for a tag that does not start with `tare-`. */
export function imageChange({ tag, source }: ImportedImage, scripts: Scripts): Change {
  requireOwnName(tag);
  const [kind, path] =
    "archive" in source ? (["archive", source.archive] as const) : (["tree", source.tree] as const);
  return {
    kind: "image",
    target: `image ${tag}`,
    title: `Import ${path} as Docker image ${tag}`,
    probe: scriptCommand(scripts, "docker.sh", "image-probe", tag),
    wanted: present,
    apply: [scriptCommand(scripts, "docker.sh", "image-import", tag, kind, path)],
    undo: [scriptCommand(scripts, "docker.sh", "image-remove", tag)],
    lasting: true,
  };
}
