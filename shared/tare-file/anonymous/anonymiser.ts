// Replaces identities in texts and JSON: the same value by the same placeholder, everywhere.
import { ipv4Pattern, ipv6Key, tellsNobody } from "./addresses.ts";
import { type Identity, type IdentityKind, identityKinds } from "./identity.ts";
import { createNames, type Named } from "./names.ts";
import { bytesOf, createReplacer, patterns } from "./replacer.ts";

export interface Replaced {
  readonly kind: IdentityKind;
  /** For a person: `host names`. */
  readonly words: string;
  /** Distinct values that were replaced. */
  readonly count: number;
}

/** First every text is seen, so that no placeholder is somebody's own name; then texts are replaced. */
export interface Anonymiser {
  add(identities: readonly Identity[]): void;
  /** Takes in addresses, identifiers and home folders of a text. */
  see(text: string): void;
  text(text: string): string;
  /** Of a text whose characters are the bytes of UTF-8, or of no encoding at all. */
  bytes(text: string): string;
  /** Of all keys and texts in a JSON value. */
  json(value: unknown): unknown;
  /** What was replaced until now. */
  replaced(): readonly Replaced[];
  /** Names that are words of the field too, and stay where nothing tells that a name is meant. */
  kept(): readonly string[];
}

export interface AnonymiserOptions {
  /** Whether a text stands somewhere in the campaign already. */
  readonly isTaken: (text: string) => boolean;
  /** Texts in which four numbers with dots between them are a version. */
  readonly versions: readonly string[];
}

/** Fields that hold nothing but a name of these kinds. */
const places: Readonly<Record<string, readonly IdentityKind[]>> = {
  address: ["host", "address"],
  dataAddress: ["host", "address"],
  serverAddress: ["host", "address"],
  via: ["host", "address"],
  hostname: ["host"],
  user: ["user"],
  serial: ["serial"],
  bootId: ["machine"],
  mac: ["mac"],
  "auth.path": ["key"],
  "lab.id": ["lab"],
  "lab.name": ["lab"],
  campaignId: ["lab"],
};

export function createAnonymiser({ isTaken, versions }: AnonymiserOptions): Anonymiser {
  const names = createNames(isTaken);
  const ipv4 = new RegExp(ipv4Pattern, "g");
  const versionNumbers = new Set(versions.flatMap((text) => text.match(ipv4) ?? []));
  const sights = patterns.map(([kind, pattern]) => [kind, new RegExp(pattern, "g")] as const);
  const used = new Set<Named>();
  const onUse = (named: Named) => used.add(named);
  let text: ((text: string) => string) | undefined;
  let bytes: ((text: string) => string) | undefined;
  const replaceText = (given: string) => (text ??= createReplacer(names, (one) => one, onUse))(given);
  const replaceBytes = (given: string) => (bytes ??= createReplacer(names, bytesOf, onUse))(given);

  /** What has the form of an identity, and may be none. */
  function tells(kind: IdentityKind, found: string): boolean {
    if (kind === "user") return found.toLowerCase() !== "root";
    if (kind === "machine") return true;
    if (tellsNobody(found) || versionNumbers.has(found)) return false;
    return !found.includes(":") || kind !== "address" || ipv6Key(found) !== null;
  }

  function replaceJson(value: unknown, key: string, above: string): unknown {
    if (typeof value === "string") {
      for (const kind of places[`${above}.${key}`] ?? places[key] ?? []) {
        const named = names.find(kind, value);
        if (named === null) continue;
        onUse(named);
        return named.placeholder;
      }
      return replaceText(value);
    }
    if (Array.isArray(value)) return value.map((item) => replaceJson(item, key, above));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]: [string, unknown]) => [
        replaceText(name),
        replaceJson(item, name, key),
      ]),
    );
  }

  return {
    add(identities) {
      for (const identity of identities) if (!tellsNobody(identity.value)) names.add(identity);
    },
    see(given) {
      for (const [kind, pattern] of sights)
        for (const [value] of given.matchAll(pattern)) if (tells(kind, value)) names.add({ kind, value });
    },
    text: replaceText,
    bytes: replaceBytes,
    json: (value) => replaceJson(value, "", ""),
    replaced: () =>
      Object.entries(identityKinds)
        .map(([kind, words]) => ({
          kind: kind as IdentityKind,
          words,
          count: [...used].filter((named) => named.kind === kind).length,
        }))
        .filter(({ count }) => count > 0),
    kept: () =>
      names
        .all()
        .flatMap(({ reach, kind, value }) => (reach === "in-place" && kind !== "lab" ? [value] : [])),
  };
}
