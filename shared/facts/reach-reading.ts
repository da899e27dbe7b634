// What the tools of a reachability test printed, as values.

/** An IPv4 or IPv6 address with its interface, from `ip -o address`: `2: data0    inet 198.18.0.1/24 brd …`. */
export function interfaceOfAddress(text: string, address: string): string | null {
  for (const match of text.matchAll(/^\d+: ([^\s@]+)(?:@\S+)?\s+inet6? ([0-9a-fA-F.:]+)/gm))
    if (match[2]?.toLowerCase() === address.toLowerCase()) return match[1] ?? null;
  return null;
}

/** Bytes, from `ip -o link show dev X`; null where it tells none. */
export function mtuIn(text: string): number | null {
  const found = /\bmtu (\d+)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Answers of a `ping`; null where it printed no summary: another ping, or an option that it does not know. */
export function answersIn(text: string): number | null {
  const found = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(text)?.[2];
  return found === undefined ? null : Number(found);
}

/** The MAC address that answered for an address, from `ip -o neigh show`; null where nobody did. */
export function neighbourIn(text: string): string | null {
  const [line = ""] = text.split("\n");
  if (/\b(FAILED|INCOMPLETE)\b/.test(line)) return null;
  return /\blladdr (\S+)/.exec(line)?.[1] ?? null;
}

/** How assets/kernels/port-listener.c fared with a port. */
export type Listening =
  | { readonly kind: "listening" }
  /** `holder`: name and number of the process, null where it cannot be seen. */
  | { readonly kind: "taken"; readonly holder: string | null }
  | { readonly kind: "failed"; readonly text: string };

/** By port as `tcp/6379`; null while it has not said that it is ready. */
export function readListening(text: string): ReadonlyMap<string, Listening> | null {
  const lines = text.split("\n").slice(0, -1);
  if (!lines.includes("ready")) return null;
  const found = new Map<string, Listening>();
  for (const line of lines) {
    const [word = "", port = "", ...rest] = line.split(" ");
    if (word === "listening") found.set(port, { kind: "listening" });
    if (word === "failed") found.set(port, { kind: "failed", text: rest.join(" ") });
    if (word === "taken") {
      const [pid = "-", ...name] = rest;
      found.set(port, { kind: "taken", holder: pid === "-" ? null : `${name.join(" ")} (process ${pid})` });
    }
  }
  return found;
}

const reachedWords = ["ok", "refused", "silent", "unreachable", "other", "failed"] as const;
export interface PortReached {
  readonly outcome: (typeof reachedWords)[number];
  /** What the shell said, where it is none of these. */
  readonly text: string;
}

/** What assets/host/reach-ports.sh printed, by port as `tcp/6379`. */
export function readReached(text: string): ReadonlyMap<string, PortReached> {
  const found = new Map<string, PortReached>();
  for (const line of text.split("\n")) {
    const [port = "", word = "", ...rest] = line.split(" ");
    const outcome = reachedWords.find((each) => each === word);
    if (outcome !== undefined) found.set(port, { outcome, text: rest.join(" ") });
  }
  return found;
}
