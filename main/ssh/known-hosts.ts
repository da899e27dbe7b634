// Host keys as OpenSSH's known_hosts files hold them: parsing, matching and the verdict on a key. Pure, but for the hashes.
import { createHash, createHmac } from "node:crypto";

/** One line of a known_hosts file that names keys. */
export interface KnownHost {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Comma-separated patterns, or one hashed name `|1|salt|hash`. */
  readonly names: string;
  readonly marker: "none" | "revoked";
  readonly keyType: string;
  readonly key: Buffer;
}

export interface KnownHosts {
  readonly entries: readonly KnownHost[];
  readonly remarks: readonly string[];
}

export type HostKeyVerdict =
  | { readonly kind: "known" }
  | { readonly kind: "unknown" }
  | { readonly kind: "changed"; readonly known: KnownHost }
  | { readonly kind: "revoked"; readonly known: KnownHost };

/** Reads the text of a known_hosts file. Lines that cannot be used become remarks, never errors. */
export function parseKnownHosts(text: string, file: string): KnownHosts {
  const entries: KnownHost[] = [];
  const remarks: string[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const fields = raw.trim().split(/[ \t]+/);
    if (fields[0] === "" || fields[0]?.startsWith("#")) continue;
    const marker = fields[0]?.startsWith("@") === true ? fields.shift() : undefined;
    const [names, keyType, encoded] = fields;
    const where = `${file}, line ${index + 1}`;
    if (marker === "@cert-authority") {
      remarks.push(`${where}: @cert-authority is not supported and was ignored.`);
      continue;
    }
    if (names === undefined || keyType === undefined || encoded === undefined) {
      remarks.push(`${where}: not a host key line; ignored.`);
      continue;
    }
    if (marker !== undefined && marker !== "@revoked") {
      remarks.push(`${where}: unknown marker ${marker}; ignored.`);
      continue;
    }
    const key = Buffer.from(encoded, "base64");
    if (keyTypeOf(key) !== keyType) {
      remarks.push(`${where}: the key is damaged; ignored.`);
      continue;
    }
    entries.push({
      file,
      line: index + 1,
      names,
      marker: marker === undefined ? "none" : "revoked",
      keyType,
      key,
    });
  }
  return { entries, remarks };
}

/** Name under which known_hosts keeps a host: the address, or `[address]:port` where the port is not 22. */
export function knownHostName(address: string, port: number): string {
  return port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`;
}

/** Whether the names of a line (patterns with * ? and !, or a hashed name) mean this host. */
export function namesMatch(names: string, host: string): boolean {
  if (names.startsWith("|1|")) {
    const [, , salt, hash] = names.split("|");
    if (salt === undefined || hash === undefined) return false;
    return createHmac("sha1", Buffer.from(salt, "base64")).update(host).digest("base64") === hash;
  }
  let matched = false;
  for (const name of names.toLowerCase().split(",")) {
    if (name.startsWith("!")) {
      if (patternMatches(name.slice(1), host)) return false;
    } else if (patternMatches(name, host)) matched = true;
  }
  return matched;
}

/** Holds a host's key against the lines that name it. A key of a type that is not known yet, of a known host, is changed. */
export function judgeHostKey(entries: readonly KnownHost[], host: string, key: Buffer): HostKeyVerdict {
  const own = entries.filter((entry) => namesMatch(entry.names, host));
  const revoked = own.find((entry) => entry.marker === "revoked" && entry.key.equals(key));
  if (revoked !== undefined) return { kind: "revoked", known: revoked };
  const valid = own.filter((entry) => entry.marker === "none");
  if (valid.some((entry) => entry.key.equals(key))) return { kind: "known" };
  const type = keyTypeOf(key);
  const old = valid.find((entry) => entry.keyType === type) ?? valid[0];
  return old === undefined ? { kind: "unknown" } : { kind: "changed", known: old };
}

/** Signature algorithms in the order in which they are offered: those of key types already known for the host first. */
export function preferredAlgorithms(
  entries: readonly KnownHost[],
  host: string,
  offered: readonly string[],
): string[] {
  const own = entries.filter((entry) => entry.marker === "none" && namesMatch(entry.names, host));
  const known = new Set(own.map((entry) => entry.keyType));
  const isKnown = (algorithm: string) => known.has(algorithm.replace(/^rsa-sha2-(256|512)$/, "ssh-rsa"));
  return [...offered.filter(isKnown), ...offered.filter((algorithm) => !isKnown(algorithm))];
}

/** `SHA256:…` as `ssh-keygen -l` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** Type of a key in wire format, which begins with its length and name; empty where the bytes are no key. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4) return "";
  const length = key.readUInt32BE(0);
  return length > 64 || key.length < 4 + length ? "" : key.toString("latin1", 4, 4 + length);
}

function patternMatches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
