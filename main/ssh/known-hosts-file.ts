// The known_hosts files on the disk: Tare's own, which it writes, and the user's, which it only reads.
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { keyTypeOf, parseKnownHosts, type KnownHosts } from "./known-hosts.ts";

/** Reads all files; one that does not exist holds nothing, one that cannot be read is a remark. */
export function readKnownHosts(paths: readonly string[]): KnownHosts {
  const read = paths.map((path): KnownHosts => {
    const { text, remark } = readIfThere(path);
    return remark === undefined ? parseKnownHosts(text, path) : { entries: [], remarks: [remark] };
  });
  return { entries: read.flatMap((each) => each.entries), remarks: read.flatMap((each) => each.remarks) };
}

/**
 * Adds a host's key to Tare's file. Written beside and renamed, mode 0600.
 * Synchronous on purpose: two connections that accept keys at the same time must not lose one.
 */
export function addKnownHost(path: string, host: string, key: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const { text, remark } = readIfThere(path);
  if (remark !== undefined) throw new Error(remark);
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, `${before}${host} ${keyTypeOf(key)} ${key.toString("base64")}\n`, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, path);
}

function readIfThere(path: string): { text: string; remark?: string } {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { text: "" };
    return { text: "", remark: `${path} cannot be read: ${String(error)}` };
  }
}
