// All identities of a campaign, each with its placeholder: the same value has the same one wherever it stands.
import { ipv6Key, isIpv4, macKey } from "./addresses.ts";
import type { Identity, IdentityKind } from "./identity.ts";
import { type Form, placeholder } from "./placeholders.ts";
import { isVocabulary } from "./vocabulary.ts";

export interface Named {
  readonly kind: IdentityKind;
  readonly form: Form;
  /** As it was first met. */
  readonly value: string;
  readonly placeholder: string;
  /**
   * Where it is replaced: `everywhere`; `apart`, a short one, where neither letter, digit, `.`, `_` nor `-` is beside it;
   * `in-place`, one that is also a word of the field or next to nothing, where a name of its kind must stand.
   */
  readonly reach: "everywhere" | "apart" | "in-place";
}

export interface Names {
  add(identity: Identity): void;
  /** Null where nothing of the kind has the value. */
  find(kind: IdentityKind, value: string): Named | null;
  /** In the order in which they were met; placeholders are given out at the first call, and nothing is added after it. */
  all(): readonly Named[];
}

/** `isTaken`: whether a text stands somewhere in the campaign already and so would be no placeholder. */
export function createNames(isTaken: (text: string) => boolean): Names {
  const met = new Map<string, Identity>();
  let named: Map<string, Named> | undefined;

  function give(): Map<string, Named> {
    const originals = new Set([...met.keys()].map((key) => key.slice(key.indexOf(" ") + 1)));
    const isUsed = (text: string) => originals.has(valueKey(text)) || isTaken(text);
    const counters = new Map<string, number>();
    const given = [...met].map(([key, { kind, value, stem = kind, fixed }]): [string, Named] => {
      const form = formOf(kind, value);
      const begin = form === "serial" ? serialScheme(value) : stem;
      const counter = `${form} ${begin}`;
      let n = (counters.get(counter) ?? 0) + 1;
      while (isUsed(placeholder(form, n, begin))) n += 1;
      counters.set(counter, n);
      return [
        key,
        { kind, form, value, placeholder: fixed ?? placeholder(form, n, begin), reach: reachOf(kind, value) },
      ];
    });
    return new Map(given);
  }

  return {
    add(identity) {
      if (named !== undefined) throw new Error("Placeholders have been given out already.");
      const key = keyOf(identity.kind, identity.value);
      if (!met.has(key)) met.set(key, identity);
    },
    find: (kind, value) => (named ??= give()).get(keyOf(kind, value)) ?? null,
    all: () => [...(named ??= give()).values()],
  };
}

function keyOf(kind: IdentityKind, value: string): string {
  return `${kind} ${valueKey(value)}`;
}

/** Two ways to write one address or name have one key. */
function valueKey(value: string): string {
  return (
    ipv6Key(value) ??
    (/^[0-9a-f]{2}([:-][0-9a-f]{2}){5,}$/i.test(value) ? macKey(value) : value.toLowerCase())
  );
}

function formOf(kind: IdentityKind, value: string): Form {
  if (kind === "address") return ipv6Key(value) === null ? "ipv4" : "ipv6";
  return kind === "machine" && value.startsWith("SHA256:") ? "fingerprint" : kind;
}

/** What of a serial number only says what sort of number it is; the device's kind is read from it. */
function serialScheme(value: string): string {
  return /^(?:LVM-|CRYPT-[A-Z0-9]+-|mpath-|part\d+-|(?:naa|eui|nvme|t10|uuid)\.)/.exec(value)?.[0] ?? "";
}

function reachOf(kind: IdentityKind, value: string): Named["reach"] {
  if (kind === "address")
    return isIpv4(value) || ipv6Key(value) !== null || value.includes(".") ? "everywhere" : "in-place";
  if (kind === "mac") return "everywhere";
  const digits = /^\d+$/.test(value);
  if (value.length < 2 || (digits && value.length < 6) || isVocabulary(value)) return "in-place";
  if (kind === "key" || kind === "machine") return "everywhere";
  return value.length < 4 ? "apart" : "everywhere";
}
