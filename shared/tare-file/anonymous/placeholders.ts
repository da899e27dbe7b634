// What stands in the place of an identity: of the same form, from the ranges that are kept for documentation where there are such.
import type { IdentityKind } from "./identity.ts";

/** Form of a placeholder: the kind's own, but for addresses, of which there are two. */
export type Form = Exclude<IdentityKind, "address"> | "ipv4" | "ipv6" | "fingerprint";

/** The `n`-th placeholder, n from 1. Each fits the schema of what it replaces. */
export function placeholder(form: Form, n: number, stem: string): string {
  switch (form) {
    case "ipv4":
      return ipv4(n);
    case "ipv6":
      return `2001:db8::${n.toString(16)}`;
    case "mac":
      return mac(n);
    case "serial":
      return `${stem}SERIAL-${n}`;
    case "machine":
      return `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
    case "fingerprint":
      return `SHA256:${`fingerprint${n}`.padEnd(43, "0")}`;
    case "key":
      return `/key-${n}`;
    case "host":
    case "user":
    case "lab":
      return `${stem}-${n}`;
  }
}

/** RFC 5737; then RFC 2544. */
function ipv4(n: number): string {
  const nets = ["198.51.100", "203.0.113", "192.0.2"];
  const net = nets[Math.floor((n - 1) / 254)];
  if (net !== undefined) return `${net}.${((n - 1) % 254) + 1}`;
  const rest = n - nets.length * 254;
  return `198.${18 + Math.floor(rest / 65_536)}.${Math.floor(rest / 256) % 256}.${rest % 256}`;
}

/** RFC 7042; then locally administered ones. */
function mac(n: number): string {
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  if (n <= 255) return `00:00:5e:00:53:${hex(n)}`;
  return `02:00:00:${hex((n >> 16) % 256)}:${hex((n >> 8) % 256)}:${hex(n % 256)}`;
}
