// One regular expression for all that is replaced in a text, so that nothing that was put in is replaced once more.
import {
  fingerprintPattern,
  ipv4Pattern,
  ipv6Pattern,
  macKey,
  macPattern,
  uuidPattern,
} from "./addresses.ts";
import { type IdentityKind, literal } from "./identity.ts";
import type { Named, Names } from "./names.ts";

const homePattern = String.raw`(?<=(?:/home/|/Users/|\\Users\\))[A-Za-z_][A-Za-z0-9_.-]*`;

/** What looks like an identity wherever it stands, by kind. */
export const patterns: readonly (readonly [IdentityKind, string])[] = [
  ["machine", `${fingerprintPattern}|${uuidPattern}`],
  ["mac", macPattern],
  ["address", `${ipv6Pattern}|${ipv4Pattern}`],
  ["user", homePattern],
];

/** `asWritten`: how the texts to come write characters outside of ASCII. `onUse` is told of each replacement. */
export function createReplacer(
  names: Names,
  asWritten: (text: string) => string,
  onUse: (named: Named) => void,
): (text: string) => string {
  const literals = names
    .all()
    .flatMap((named) => writingsOf(named, asWritten))
    .toSorted((a, b) => b.text.length - a.text.length);
  const byText = new Map(literals.map((one) => [keyOf(one.text), one]).toReversed() as [string, Writing][]);
  const all = [
    literals.length === 0 ? "(?!)" : literals.map(({ pattern }) => pattern).join("|"),
    ...patterns.map(([, pattern]) => pattern),
  ];
  const whole = new RegExp(all.map((pattern) => `(${pattern})`).join("|"), "gi");

  return (text) =>
    text.replace(whole, (match, ...groups: (string | undefined)[]) => {
      const index = groups.findIndex((group) => group !== undefined);
      const writing = index === 0 ? byText.get(keyOf(match)) : undefined;
      const kind = patterns[index - 1]?.[0];
      const named = writing?.named ?? (kind === undefined ? null : names.find(kind, match));
      if (named === null) return match;
      onUse(named);
      return writing?.instead ?? named.placeholder;
    });
}

interface Writing {
  readonly named: Named;
  readonly text: string;
  readonly pattern: string;
  readonly instead: string;
}

/** Spaces of a serial number are underscores in names of devices. */
function keyOf(text: string): string {
  return text.toLowerCase().replaceAll(/[ _]+/g, "_");
}

function writingsOf(named: Named, asWritten: (text: string) => string): Writing[] {
  const { kind, form, value, placeholder, reach } = named;
  const text = asWritten(value);
  const plain = literal(text);
  const as = (pattern: string, other: Partial<Writing> = {}): Writing => ({
    named,
    text,
    pattern,
    instead: placeholder,
    ...other,
  });
  if (form === "ipv4") {
    const dashed = { text: value.replaceAll(".", "-"), instead: placeholder.replaceAll(".", "-") };
    return [
      as(String.raw`(?<!\d)(?<!\d\.)${plain}(?!\d|\.\d)`),
      as(String.raw`(?<!\d)(?<!\d-)${literal(dashed.text)}(?!\d|-\d)`, dashed),
    ];
  }
  if (form === "mac") {
    const bare = macKey(value).replaceAll(":", "");
    const instead = placeholder.replaceAll(":", "");
    return [as(`(?<![0-9a-f])${bare}(?![0-9a-f])`, { text: bare, instead })];
  }
  // Addresses of IPv6 have many writings, which their pattern finds.
  if (form === "ipv6") return [];
  if (reach === "in-place") {
    if (kind === "host") return [as(`(?<=@)${plain}(?![0-9a-z_-])`)];
    return kind === "user" ? [as(`(?<![0-9a-z._-])${plain}(?=@)`)] : [];
  }
  if (reach === "apart") return [as(String.raw`(?<![0-9a-z._-])${plain}(?![0-9a-z_-]|\.[0-9a-z])`)];
  const spaced = kind === "serial" ? plain.replaceAll(/[ _]+/g, "[ _]+") : plain;
  return [as(`${kind === "key" ? "" : "(?<![0-9a-z])"}${spaced}(?![0-9a-z])`)];
}

/** The text with a character for each byte of its UTF-8. */
export function bytesOf(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}
