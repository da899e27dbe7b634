// IPv4 addresses as numbers: whether one lies in a network.

/** The address as an unsigned number; null for anything but a dotted quad. */
export function ipv4Number(address: string): number | null {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Address and prefix length of `198.18.0.65/24`; null where either is out of range. */
export function parseCidr(cidr: string): { readonly address: string; readonly prefix: number } | null {
  const [address = "", length = ""] = cidr.split("/");
  const prefix = Number(length);
  return ipv4Number(address) === null || length === "" || prefix > 32 ? null : { address, prefix };
}

/** `198.18.4.0/24`, the network that the address of `198.18.4.64/24` lies in; null where that is none. */
export function networkOf(cidr: string): string | null {
  const parsed = parseCidr(cidr);
  if (parsed === null) return null;
  const size = 2 ** (32 - parsed.prefix);
  const first = Math.floor((ipv4Number(parsed.address) ?? 0) / size) * size;
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 0xff).join(".")}/${parsed.prefix}`;
}

/** Whether an address lies in the network of `cidr`; false for host names and IPv6. */
export function inNetwork(address: string, cidr: string): boolean {
  const network = parseCidr(cidr);
  const number = ipv4Number(address);
  if (network === null || number === null) return false;
  const size = 2 ** (32 - network.prefix);
  return Math.floor(number / size) === Math.floor((ipv4Number(network.address) ?? 0) / size);
}
