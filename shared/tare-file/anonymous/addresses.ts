// IP and hardware addresses in any text: how they look, and which of them tell nothing of anybody.

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const quad = String.raw`(?:${octet}\.){3}${octet}`;
const group = "[0-9A-Fa-f]{1,4}";
const start = "(?<![0-9A-Za-z])";
const end = "(?![0-9A-Za-z])";

export const ipv4Pattern = String.raw`${start}(?<!\d\.)${quad}${end}(?!\.\d)`;

/** With `::`, with all eight groups, or with an IPv4 address at its end. */
export const ipv6Pattern = [
  `${start}(?:${group}:){6}${quad}${end}`,
  `${start}(?:${group}(?::${group}){0,5})?::(?:${group}:){0,5}${quad}${end}`,
  `${start}(?:${group}:){7}${group}${end}`,
  `${start}(?:${group}(?::${group}){0,6})?::(?:${group}(?::${group}){0,6})?${end}`,
].join("|");

/** Six bytes, or the twenty of InfiniBand, parted by colons or hyphens. */
export const macPattern = ["-", ":"]
  .map((sign) => `${start}[0-9A-Fa-f]{2}(?:${sign}[0-9A-Fa-f]{2}){5,19}${end}`)
  .join("|");

export const uuidPattern = `${start}[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}${end}`;

/** Of a host's SSH key. */
export const fingerprintPattern = String.raw`SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])`;

export function isIpv4(text: string): boolean {
  return new RegExp(`^${quad}$`).test(text);
}

/** The eight groups as numbers, written one way whatever way they came; null where it is no IPv6 address. */
export function ipv6Key(text: string): string | null {
  const [, head = text, tail = ""] = new RegExp(`^(.*:)(${quad})$`).exec(text) ?? [];
  const bytes = tail === "" ? [] : tail.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const last = tail === "" ? "" : `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const halves = `${head}${last}`.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  if (!groups.flat().every((one) => new RegExp(`^${group}$`).test(one))) return null;
  const count = groups.flat().length;
  if (halves.length === 1 ? count !== 8 : count > 7) return null;
  const zeros = Array.from({ length: 8 - count }, () => "0");
  const [left = [], right = []] = groups;
  return [...left, ...(halves.length === 2 ? zeros : []), ...right]
    .map((one) => Number.parseInt(one, 16).toString(16))
    .join(":");
}

export function macKey(text: string): string {
  return text.toLowerCase().replaceAll("-", ":");
}

/** Loopback, "any", broadcast and netmasks. */
export function tellsNobody(text: string): boolean {
  if (/^(?:0\.0\.0\.0|127\.|255\.)/.test(text)) return true;
  if (/^(?:00[:-])+00$|^(?:ff[:-])+ff$/i.test(text)) return true;
  const key = ipv6Key(text);
  return key !== null && /^(?:0:){7}[01]$/.test(key);
}
