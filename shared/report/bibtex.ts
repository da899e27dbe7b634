// References as BibTeX: the paper, and the programs that a campaign used, with the versions that its facts tell.
import type { Campaign } from "../model/campaign.ts";
import type { Facts } from "../model/facts.ts";
import type { WorkloadName } from "../model/workload.ts";
import { citations, type Citation, type CitationKey } from "./citations.ts";
import { platformVersions, versionsOfTool } from "./tool-versions.ts";

export interface Reference {
  readonly key: CitationKey;
  readonly citation: Citation;
  /** Versions that were used; empty where that was not recorded, or the entry is no program. */
  readonly versions: readonly string[];
}

export interface UsedPrograms {
  readonly campaign: Campaign;
  readonly facts: Readonly<Record<string, Facts>>;
}

const byWorkload: Readonly<Record<WorkloadName, readonly CitationKey[]>> = {
  linpack: ["linpack", "openblas"],
  stream: ["stream"],
  randomaccess: ["hpcc"],
  nuttcp: ["nuttcp"],
  netperf: ["netperf"],
  fio: ["fio"],
  redis: ["redis"],
  mysql: ["mariadb", "mysql", "sysbench"],
};

/** Name of a program in the facts. */
const tools: Partial<Record<CitationKey, string>> = {
  nuttcp: "nuttcp",
  netperf: "netperf",
  fio: "fio",
  redis: "redis-server",
  mariadb: "mariadbd",
  mysql: "mysqld",
  sysbench: "sysbench",
};

/** The paper, Tare, then what the campaign used in the order of its workloads. Without a campaign: what the paper used. */
export function references(used: UsedPrograms | null, tareVersion: string): Reference[] {
  const workloads =
    used === null ? Object.keys(byWorkload) : used.campaign.conditions.map((each) => each.workload);
  const names = [...new Set(workloads)].flatMap((name) => byWorkload[name as WorkloadName]);
  const environments = new Set(
    used?.campaign.configurations.map(({ environment }) => environment) ?? ["docker", "kvm"],
  );
  const keys: CitationKey[] = [
    "felter2014",
    "felter2015",
    "tare",
    // The authors ran MySQL; of a campaign the server that its userland has.
    ...names.filter((key) => isUsed(key, used)),
    ...(environments.has("docker") ? (["docker", "merkel2014"] as const) : []),
    ...(environments.has("kvm") ? (["qemu", "kvm", "libvirt"] as const) : []),
  ];
  return keys.map((key) => ({
    key,
    citation: citations[key],
    versions:
      key === "tare"
        ? [used?.campaign.versions.tare ?? tareVersion]
        : used === null
          ? []
          : versionsOf(key, used.facts),
  }));
}

function isUsed(key: CitationKey, used: UsedPrograms | null): boolean {
  if (key !== "mariadb" && key !== "mysql") return true;
  if (used === null) return key === "mysql";
  const found = (["mariadb", "mysql"] as const).filter((each) => versionsOf(each, used.facts).length > 0);
  return found.length === 0 || found.includes(key);
}

function versionsOf(key: CitationKey, facts: UsedPrograms["facts"]): string[] {
  const platform: Partial<Record<CitationKey, string | null>> = platformVersions(facts);
  const version = platform[key] ?? null;
  const tool = tools[key];
  return version !== null ? [version] : tool === undefined ? [] : versionsOfTool(facts, tool);
}

/** The whole `.bib` file. */
export function bibtex(found: readonly Reference[]): string {
  return found.map(entryText).join("\n");
}

function entryText({ key, citation, versions }: Reference): string {
  const { type, fields, program } = citation;
  const version = versions.length > 0 ? versions.join(", ") : null;
  const all = {
    ...fields,
    ...(program && version !== null ? { version } : {}),
    // Not every style prints `version`.
    ...(program ? { note: version === null ? "Version not recorded" : `Version ${version}` } : {}),
  };
  const lines = Object.entries(all).map(
    ([name, value]) => `  ${name.padEnd(12)} = {${bibtexText(name, value)}},`,
  );
  return [`@${type}{${key},`, ...lines, "}", ""].join("\n");
}

/** Escapes what TeX reads; addresses stand as they are, and accents are written in the entries. */
function bibtexText(name: string, value: string): string {
  if (name === "url" || name === "doi") return value.replaceAll(/[{}\\\s]/g, "");
  // Versions come from what programs print; braces elsewhere are the entries' own.
  const plain = name === "version" || name === "note" ? value.replaceAll(/[{}\\]/g, "") : value;
  return plain
    .replaceAll(/[&%$#_]/g, (sign) => `\\${sign}`)
    .replaceAll("~", String.raw`\textasciitilde{}`)
    .replaceAll("^", String.raw`\textasciicircum{}`);
}

/** A reference as a line of a list. */
export function referenceText({ citation, versions }: Reference): string {
  const { fields, program } = citation;
  const where = [
    fields["journal"] ?? fields["booktitle"] ?? fields["institution"],
    fields["number"] !== undefined && fields["institution"] !== undefined
      ? `${fields["type"] ?? ""} ${fields["number"]}`.trim()
      : undefined,
    fields["volume"] === undefined
      ? undefined
      : `${fields["volume"]}${fields["number"] === undefined ? "" : `(${fields["number"]})`}`,
    fields["pages"]?.replace("--", "–"),
    fields["year"],
    program ? (versions.length > 0 ? `version ${versions.join(", ")}` : "version not recorded") : undefined,
  ].filter((part) => part !== undefined && part !== "");
  const author = (fields["author"] ?? "").replaceAll(/[{}]/g, "").replaceAll(" and ", "; ");
  return `${author}. ${(fields["title"] ?? "").replaceAll(/[{}]/g, "")}. ${where.join(", ")}.`;
}
