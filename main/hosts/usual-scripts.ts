// Where Tare's scripts usually lie on a host, for previews that touch no host.
import { assetPath } from "../installation.ts";
import { readScripts } from "../ssh/scripts.ts";
import type { Scripts } from "#shared/changes/script.ts";

/** Paths by name, for an account with the usual home folder; what is executed elsewhere is journalled or shown as it runs. */
export function usualScripts(user: string): Scripts {
  const { id, files } = readScripts(assetPath("host"));
  const folder = `${usualHome(user)}/.cache/tare/scripts/${id}`;
  return Object.fromEntries(files.map(({ name }) => [name, `${folder}/${name}`]));
}

/** Written out, because a quoted "~" could not be pasted. */
function usualHome(user: string): string {
  return user === "root" ? "/root" : `/home/${user}`;
}
