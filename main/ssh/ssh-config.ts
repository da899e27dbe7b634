// Reads the user's ~/.ssh/config: each named host, resolved to what Tare needs to reach it. Nothing in it is ever run.
import { globSync, readFileSync, statSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { SSHConfig } from "ssh-config";
import { sshConfigEntrySchema, type SshConfigEntry } from "#shared/contract/labs.ts";
import type { Endpoint } from "#shared/model/lab.ts";

export interface SshConfigResult {
  readonly entries: readonly SshConfigEntry[];
  /** What could not be used, and why. */
  readonly remarks: readonly string[];
}

/** OpenSSH's own limit for Include within Include. */
const deepestInclude = 16;

/** A file that does not exist has no entries. `home` is where `~` leads. */
export function readSshConfig(path: string, home = homedir()): SshConfigResult {
  const remarks: string[] = [];
  const text = expandedText(path, home, remarks, 0);
  if (text === undefined) return { entries: [], remarks };
  if (/^[ \t]*match\b.*\bexec\b/im.test(text))
    remarks.push(`${path}: sections with "Match exec" were left out; Tare runs no commands from this file.`);
  const config = SSHConfig.parse(text);
  const entries = aliasesOf(config).flatMap((alias) => resolve(config, alias, home, remarks) ?? []);
  return { entries, remarks };
}

/** The file's text with its Includes in place; undefined where it is missing or not to be trusted. */
function expandedText(path: string, home: string, remarks: string[], depth: number): string | undefined {
  const text = trustedText(path, remarks);
  if (text === undefined || depth > deepestInclude) return undefined;
  let section = "Host *";
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const [, keyword = "", value = ""] = /^\s*(\w+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
    if (/^(host|match)$/i.test(keyword)) section = line;
    if (!/^include$/i.test(keyword)) {
      lines.push(line);
      continue;
    }
    const included = includedFiles(value, path, home).flatMap(
      (file) => expandedText(file, home, remarks, depth + 1)?.split("\n") ?? [],
    );
    if (section !== "Host *" && included.some((each) => /^\s*(host|match)\b/i.test(each))) {
      remarks.push(
        `${path}: Include inside "${section.trim()}" brings sections of its own; it was left out.`,
      );
      continue;
    }
    // An Include does not end the section it stands in.
    lines.push(...included, section);
  }
  return lines.join("\n");
}

function includedFiles(value: string, path: string, home: string): string[] {
  const patterns = value.match(/"[^"]*"|\S+/g) ?? [];
  return patterns.flatMap((quoted) => {
    const pattern = atHome(quoted.replaceAll('"', ""), home);
    return globSync(isAbsolute(pattern) ? pattern : join(dirname(path), pattern)).toSorted();
  });
}

/** As OpenSSH: only a file of the user or of root that nobody else can write. */
function trustedText(path: string, remarks: string[]): string | undefined {
  try {
    const { uid, mode } = statSync(path);
    const own = process.getuid?.();
    if (own !== undefined && uid !== own && uid !== 0) {
      remarks.push(`${path} belongs to another user and was not read.`);
      return undefined;
    }
    if (own !== undefined && (mode & 0o022) !== 0) {
      remarks.push(`${path} can be written by others and was not read. Run: chmod go-w ${path}`);
      return undefined;
    }
    return readFileSync(path, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing) remarks.push(`${path} cannot be read: ${String(error)}`);
    return undefined;
  }
}

/** All names that stand in Host lines without wildcards. */
function aliasesOf(config: SSHConfig): string[] {
  const names = config.flatMap((line) => {
    if (line.type !== SSHConfig.DIRECTIVE || !/^host$/i.test(line.param)) return [];
    const values =
      typeof line.value === "string" ? line.value.split(/\s+/) : line.value.map((each) => each.val);
    return values.filter((name) => !/[*?!]/.test(name));
  });
  return [...new Set(names)];
}

function resolve(
  config: SSHConfig,
  alias: string,
  home: string,
  remarks: string[],
): SshConfigEntry | undefined {
  const settings = settingsOf(config, alias);
  const { jump, remark } = jumpOf(config, settings, home);
  if (remark !== undefined) {
    remarks.push(`${alias}: ${remark}`);
    return undefined;
  }
  const entry = { alias, endpoint: endpointOf(settings, alias, home), ...(jump && { jump }) };
  const parsed = sshConfigEntrySchema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  remarks.push(`${alias}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "cannot be used"}; left out.`);
  return undefined;
}

type Settings = ReadonlyMap<string, string>;

/** First value of each keyword, in lower case. */
function settingsOf(config: SSHConfig, alias: string): Settings {
  const computed = config.compute(alias, { ignoreCase: true, matchExec: false });
  return new Map(
    Object.entries(computed).map(([key, value]) => [key, (Array.isArray(value) ? value[0] : value) ?? ""]),
  );
}

function endpointOf(settings: Settings, alias: string, home: string): Endpoint {
  const user = settings.get("user") ?? userInfo().username;
  const address = (settings.get("hostname") ?? alias).replaceAll("%h", alias).replaceAll("%%", "%");
  const identity = settings.get("identityfile") ?? "none";
  const auth: Endpoint["auth"] =
    identity.toLowerCase() === "none"
      ? { kind: "agent" }
      : { kind: "key", path: expandPath(identity, { home, address, user }) };
  return { address, port: Number(settings.get("port") ?? "22"), user, auth };
}

function jumpOf(config: SSHConfig, settings: Settings, home: string): { jump?: Endpoint; remark?: string } {
  const command = settings.get("proxycommand");
  if (command !== undefined && command.toLowerCase() !== "none")
    return { remark: "ProxyCommand is not supported; left out. ProxyJump is." };
  const value = settings.get("proxyjump");
  if (value === undefined || value.toLowerCase() === "none") return {};
  if (value.includes(",")) return { remark: "ProxyJump over more than one host is not supported; left out." };
  const match = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?\/?$/.exec(value);
  if (match === null) return { remark: `ProxyJump ${value} cannot be read; left out.` };
  const [, user, host = "", port] = match;
  const name = host.replace(/^\[|\]$/g, "");
  const own = settingsOf(config, name);
  const through = own.get("proxyjump") ?? "none";
  if (through.toLowerCase() !== "none" && through !== value)
    return { remark: `${name}, its jump host, is itself behind one; left out.` };
  const jump = endpointOf(own, name, home);
  return { jump: { ...jump, ...(user && { user }), ...(port && { port: Number(port) }) } };
}

function expandPath(path: string, known: { home: string; address: string; user: string }): string {
  const values: Readonly<Record<string, string>> = {
    "%": "%",
    d: known.home,
    h: known.address,
    r: known.user,
    u: userInfo().username,
    l: hostname(),
  };
  const expanded = path.replace(/%([%dhrul])/g, (whole, letter: string) => values[letter] ?? whole);
  return isAbsolute(expanded) ? expanded : atHome(expanded, known.home);
}

function atHome(path: string, home: string): string {
  return path === "~" || path.startsWith("~/") ? join(home, path.slice(1)) : path;
}
