// What assets/host/facts.sh printed, as something that can be asked: files, paths, links, commands, tools.
import { TareError } from "../model/error.ts";

export interface ProbeText {
  /** A single value that the script found itself. */
  meta(key: string): string | null;
  /** Contents of a file without its last newline; null where the machine has none. */
  file(path: string): string | null;
  /** The same, trimmed; null also where the file is empty. */
  value(path: string): string | null;
  /** Contents as a whole number; null where it is none (sysfs says -1 for "unknown"). */
  number(path: string): number | null;
  /** Trimmed contents of every file whose whole path matches, with the pattern's groups. */
  files(pattern: RegExp): { readonly groups: readonly string[]; readonly value: string }[];
  /** Groups of every path that matches. */
  paths(pattern: RegExp): (readonly string[])[];
  exists(path: string): boolean;
  link(path: string): string | null;
  /** What a command printed; null where it is missing or printed nothing. */
  command(name: string): string | null;
  /** Programs that were found, with the first line of their version. */
  readonly tools: ReadonlyMap<string, string>;
}

const sections = ["meta", "file", "path", "link", "command", "tool"] as const;
type Section = (typeof sections)[number];

/** Throws TareError OUTPUT_UNREADABLE where the text is not a whole record of facts.sh. */
export function readProbeText(text: string): ProbeText {
  const records: Record<Section, Map<string, string[]>> = {
    meta: new Map(),
    file: new Map(),
    path: new Map(),
    link: new Map(),
    command: new Map(),
    tool: new Map(),
  };
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const match = /^([a-z]+)\t([^\t]+)\t(.*)$/s.exec(line);
    const section = sections.find((name) => name === match?.[1]);
    if (match === null || section === undefined) throw unreadable("a line is not a record", line);
    const [, , key = "", value = ""] = match;
    const values = records[section].get(key);
    if (values === undefined) records[section].set(key, [value]);
    else values.push(value);
  }
  const joined = (section: Section, key: string) => records[section].get(key)?.join("\n") ?? null;
  if (joined("meta", "format") !== "1") throw unreadable("it does not begin as one", text.slice(0, 200));
  if (joined("meta", "end") !== "1") throw unreadable("its end is missing", text.slice(-200));

  const matching = (section: Section, pattern: RegExp) =>
    [...records[section]].flatMap(([key, values]) => {
      const match = pattern.exec(key);
      return match === null ? [] : [{ groups: match.slice(1), value: values.join("\n").trim() }];
    });
  const value = (path: string) => joined("file", path)?.trim() || null;
  return {
    meta: (key) => joined("meta", key),
    file: (path) => joined("file", path),
    value,
    number: (path) => wholeNumber(value(path)),
    files: (pattern) => matching("file", pattern),
    paths: (pattern) => matching("path", pattern).map(({ groups }) => groups),
    exists: (path) => records.path.has(path),
    link: (path) => joined("link", path),
    command: (name) => joined("command", name),
    tools: new Map([...records.tool].map(([name, values]) => [name, values[0]?.trim() ?? ""])),
  };
}

/** A non-negative whole number, or null. */
export function wholeNumber(text: string | null | undefined): number | null {
  return text !== null && text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** `key: value` or `key = value` lines; the first value of a key counts. */
export function keyedLines(text: string | null, separator: ":" | "=" = ":"): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of (text ?? "").split("\n")) {
    const at = line.indexOf(separator);
    const key = line.slice(0, at).trim();
    if (at > 0 && !pairs.has(key)) pairs.set(key, line.slice(at + 1).trim());
  }
  return pairs;
}

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function unreadable(why: string, detail: string): TareError {
  return new TareError("OUTPUT_UNREADABLE", `The record of the machine's facts cannot be read: ${why}.`, {
    detail,
  });
}
