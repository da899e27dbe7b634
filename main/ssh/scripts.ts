// Tare's own scripts on a host: copied to ~/.cache/tare/scripts/<hash>, with their hashes checked there.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientChannel } from "ssh2";
import { TareError } from "#shared/model/error.ts";
import type { Link } from "./link.ts";
import { openChannel } from "./open-channel.ts";

export interface HostScripts {
  /** Name of the folder on hosts: a hash of all names and contents. */
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly text: string; readonly sha256: string }[];
}

/** Reads the scripts of a folder (assets/host). */
export function readScripts(folder: string): HostScripts {
  const files = readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.sh$/.test(name))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return { name, text, sha256: sha256(text) };
    });
  const id = sha256(files.map((file) => `${file.sha256} ${file.name}\n`).join("")).slice(0, 16);
  return { id, files };
}

/** Puts the scripts on the host, where they are not there yet, and returns their folder's absolute path. */
export async function installScripts(link: Link, scripts: HostScripts, signal: AbortSignal): Promise<string> {
  const found = await runShellText(link, checkText(scripts), signal);
  if (found !== undefined) return found;
  const installed = await runShellText(link, installText(scripts), signal);
  if (installed !== undefined) return installed;
  throw new TareError(
    "TOOL_FAILED",
    `Tare's scripts could not be copied to ~/.cache/tare on ${link.name}: the home folder must be writable and sha256sum installed.`,
    { host: link.name },
  );
}

/** The one line that is given to the login shell: fixed text. */
export function execLine(scripts: HostScripts): string {
  return `sh ~/.cache/tare/scripts/${scripts.id}/exec.sh`;
}

/** The text says where the scripts are when all of them are there unchanged. */
function checkText(scripts: HostScripts): string {
  const sums = scripts.files.map(({ name, sha256 }) => `${sha256}  ${name}`);
  return [
    `cd "$HOME/.cache/tare/scripts/${scripts.id}" 2>/dev/null || exit 1`,
    "sha256sum -c >/dev/null 2>&1 <<'TARE-END' || exit 1",
    ...sums,
    "TARE-END",
    `printf '\\ntare-scripts %s\\n' "$(pwd -P)"`,
    "",
  ].join("\n");
}

/** A shell archive of Tare's own files: nothing in it was typed by a person. */
function installText(scripts: HostScripts): string {
  const folder = `"$HOME/.cache/tare/scripts/${scripts.id}"`;
  const writes = scripts.files.flatMap(({ name, text, sha256 }) => [
    `cat >"${name}.$$" <<'TARE-END-${sha256}'`,
    text.endsWith("\n") ? text.slice(0, -1) : text,
    `TARE-END-${sha256}`,
    `mv "${name}.$$" "${name}"`,
  ]);
  return ["set -eu", "umask 022", `mkdir -p ${folder}`, `cd ${folder}`, ...writes, checkText(scripts)].join(
    "\n",
  );
}

/** Runs a text of Tare's own by `sh` on its standard input; what follows "tare-scripts ", or undefined where it failed. */
async function runShellText(link: Link, text: string, signal: AbortSignal): Promise<string | undefined> {
  for (;;) {
    const opened = await openChannel(link, "sh", { signal });
    const { output, status } = await collect(opened.channel, text, signal).finally(() => opened.release());
    // Without a status the link was lost; both texts may be run again.
    if (status === undefined) continue;
    return /(?:^|\n)tare-scripts (\/.*)\n/.exec(output)?.[1];
  }
}

async function collect(
  channel: ClientChannel,
  text: string,
  signal: AbortSignal,
): Promise<{ output: string; status: number | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    output: string;
    status: number | undefined;
  }>();
  let output = "";
  let status: number | undefined;
  const abort = () => {
    channel.close();
    reject(signal.reason as Error);
  };
  signal.addEventListener("abort", abort, { once: true });
  channel.setEncoding("utf8");
  channel.on("data", (piece: string) => (output += piece));
  channel.stderr.resume();
  channel.on("error", () => undefined);
  channel.on("exit", (code: number | null) => (status = code ?? -1));
  channel.once("close", () => resolve({ output, status }));
  channel.end(text);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
