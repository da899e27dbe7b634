// What differs between two probes of one machine, without what moves by itself.
import type { FactDifference, Facts } from "../model/facts.ts";

/** Paths that differ between any two probes and say nothing; `*` stands for one step. */
export const ignoredPaths: readonly { readonly path: string; readonly why: string }[] = [
  { path: "takenAt", why: "time of the probe" },
  { path: "freeBytes", why: "free space of the disk" },
  { path: "memory.availableBytes", why: "free memory" },
  { path: "memory.swapUsedBytes", why: "use of swap" },
  { path: "memory.nodes.*.freeBytes", why: "free memory" },
  { path: "memory.nodes.*.free2M", why: "fragmentation of free memory" },
  { path: "memory.hugePages.*.free", why: "use of huge pages" },
  { path: "nics.*.irqs.*.effective", why: "what the kernel picked among the CPUs that are allowed" },
  { path: "kvm.usable", why: "known only after a probe guest ran" },
  { path: "kvm.reason", why: "known only after a probe guest ran" },
  { path: "sysctls.vm.drop_caches", why: "remembers the last write; it is no setting" },
];

/** Members of lists that come and go by themselves. */
const ignoredWords: readonly { readonly path: string; readonly word: RegExp; readonly why: string }[] = [
  {
    path: "nics.*.addresses",
    word: /^fe[89ab][0-9a-f]:/i,
    why: "the kernel gives a link-local address when a link first carries traffic",
  },
];

/**
 * Every fact that differs, by dotted path in the order of the schema. Members of lists are named by what identifies
 * them (`nics.eth0.mtu`, `cpu.topology.3.node`, `memory.hugePages.2048kB@0.total`). For lists of words (flags,
 * offloads, addresses) order does not count, and before and after hold only the words that the other lacks.
 * Equal facts give an empty list.
 */
export function compareFacts(before: Facts, after: Facts): FactDifference[] {
  return compareValues("", before, after).filter(({ path }) => !isIgnored(path));
}

const ignored = ignoredPaths.map(({ path }) => patternOf(path));
const ignoredIn = ignoredWords.map(({ path, word }) => ({ pattern: patternOf(path), word }));

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("*", "[^.]+")}$`);
}

function isIgnored(path: string): boolean {
  return ignored.some((pattern) => pattern.test(path));
}

function compareValues(path: string, before: unknown, after: unknown): FactDifference[] {
  if (isWords(before) && isWords(after)) return compareWords(path, before, after);
  const left = members(before);
  const right = members(after);
  if (left === null || right === null) {
    return shown(before) === shown(after) ? [] : [{ path, before: shown(before), after: shown(after) }];
  }
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    compareValues(path === "" ? key : `${path}.${key}`, left.get(key), right.get(key)),
  );
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function compareWords(path: string, before: readonly string[], after: readonly string[]): FactDifference[] {
  const counts = (word: string) => !ignoredIn.some((each) => each.pattern.test(path) && each.word.test(word));
  const lost = before.filter((word) => !after.includes(word)).filter(counts);
  const gained = after.filter((word) => !before.includes(word)).filter(counts);
  if (lost.length === 0 && gained.length === 0) return [];
  return [{ path, before: lost.join(", ") || "none", after: gained.join(", ") || "none" }];
}

/** Members of an object, or of a list by what identifies them; null for single values. */
function members(value: unknown): Map<string, unknown> | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((member: unknown, index) => [identity(member) ?? String(index), member]));
}

function identity(member: unknown): string | null {
  if (typeof member !== "object" || member === null) return null;
  const fields = member as Record<string, unknown>;
  // A node and a CPU both know a `node`; what comes first here is what the list is of.
  if ("level" in fields)
    return `L${shown(fields["level"])} ${shown(fields["type"])} ${shown(fields["sizeBytes"])}`;
  if ("total" in fields) {
    const size = `${Number(fields["sizeBytes"]) / 1024}kB`;
    return fields["node"] === null ? size : `${size}@${shown(fields["node"])}`;
  }
  for (const key of ["name", "cpu", "irq", "node"]) if (key in fields) return shown(fields[key]);
  return null;
}

/** A value for people: absent and null are the same. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "object" ? describe(value) : `${value as string | number | boolean}`;
}

/** A whole member that came or went. */
function describe(value: object): string {
  const fields: [string, unknown][] = Object.entries(value);
  const told = fields
    .filter(([, field]) => typeof field !== "object")
    .map(([key, field]) => `${key} ${shown(field)}`);
  return told.slice(0, 4).join(", ") || "present";
}
