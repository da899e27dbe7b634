// What tells whose machines a campaign was measured on.

/** In the order in which a person is told of them, with the words for it. */
export const identityKinds = {
  host: "host names",
  address: "IP addresses",
  mac: "hardware addresses",
  user: "user names",
  key: "key files",
  serial: "serial numbers",
  machine: "identifiers of machines and file systems",
  lab: "names of labs and campaigns",
} as const;
export type IdentityKind = keyof typeof identityKinds;

export interface Identity {
  readonly kind: IdentityKind;
  readonly value: string;
  /** What its placeholder begins with, where that tells more than the kind: `sut`. */
  readonly stem?: string;
  /** The placeholder itself, where it is given. */
  readonly fixed?: string;
}

/** The parts of a regular expression that match the text itself. */
export function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
