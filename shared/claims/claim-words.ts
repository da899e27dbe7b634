// The words of claims in English: environments, workloads, terms, quantities, settings.
import { quantityOf } from "../dataset/quantities.ts";
import { termsText } from "../dataset/terms-text.ts";
import type { Subject, Terms } from "../model/dataset.ts";
import { bytesText } from "../report/number.ts";
import type { Condition, Limits, Scalar, Where } from "./claim-file.ts";
import { exactNumber } from "./claim-number.ts";

const environments: Readonly<Record<string, string>> = {
  native: "native",
  docker: "Docker",
  "docker-host": "Docker with the host's network",
  "docker-nat": "Docker with NAT",
  "docker-nat-aufs": "Docker with NAT and files in the layer",
  "docker-host-aufs": "Docker with the host's network and files in the layer",
  kvm: "KVM",
  "kvm-tuned": "tuned KVM (host CPU, topology, pinned)",
};

export function environmentText(env: string | readonly string[], joint: "and" | "or" = "or"): string {
  const words = (typeof env === "string" ? [env] : env).map((word) => environments[word] ?? word);
  return listText(words, joint);
}

const subjects: Readonly<Record<Subject, string>> = {
  linpack: "LINPACK",
  stream: "STREAM",
  randomaccess: "RandomAccess",
  nuttcp: "nuttcp",
  netperf: "netperf",
  fio: "fio",
  redis: "Redis",
  mysql: "MySQL",
  startup: "start-up",
};

export function subjectText(subject: Subject): string {
  return subjects[subject];
}

/** `throughput`, `mean round trip`: as in the middle of a sentence. */
export function quantityText(subject: Subject, name: string): string {
  const title = quantityOf(subject, name)?.title ?? name.replaceAll("_", " ");
  return /^[A-Z][a-z]/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}

const termNames: Readonly<Record<string, string>> = {
  users: "number of threads",
  clients: "number of clients",
  op: "operation",
  protocol: "protocol",
  direction: "direction",
  kernel: "kernel",
  sockets: "number of sockets",
  rw: "kind of access",
  job: "job",
  part: "part",
  concurrency: "requests under way",
  bs_bytes: "block size",
};

export function termName(term: string): string {
  return termNames[term] ?? term.replaceAll("_", " ");
}

/** `every operation and number of clients`: what numbers are told apart by. */
export function everyText(names: readonly string[]): string | null {
  return names.length === 0 ? null : `every ${listText(names.map(termName), "and")}`;
}

const settings: Readonly<Record<string, string>> = {
  vcpus: "number of vCPUs",
  trials: "number of trials",
  topology_exposed: "the guest sees the topology of sockets, cores and threads",
  working_set_GB: "working set in GB",
  request_bytes: "size of a request in bytes",
  version: "version",
  size_GiB: "size of the test file in GiB",
  sequential_runtime_s: "duration of a sequential job in s",
  random_concurrency: "requests under way in a random job",
  mixed_concurrency: "requests under way in the mixed job",
  pipeline: "requests that a client sends at a time",
  read_share: "share of reads",
  keyspace: "number of keys",
  oltp_read_only: "transactions only read",
  table_rows: "rows of the table",
  innodb_buffer_pool_GiB: "size of InnoDB's buffer pool in GiB",
  runs: "runs of each point",
};

export function settingText(key: string): string {
  return settings[key] ?? key.replaceAll("_", " ");
}

/** Terms of one number: `SET, 50 clients`; with the environment where that is one of them. */
export function partText(terms: Terms): string {
  const { env, percentile, ...others } = terms;
  const words = [
    typeof env === "string" ? environmentText(env) : null,
    typeof percentile === "number" ? `percentile ${percentile}` : null,
    ...Object.entries(others).map(([term, value]) => valueText(term, value)),
  ].filter((word) => word !== null && word !== "");
  return words.join(", ");
}

/** Conditions as words: `4 clients`, `SET, GET or mixed_50_50`, `at least 190 threads`. */
export function whereText(where: Where): string {
  return Object.entries(where)
    .map(([term, condition]) => conditionText(term, condition))
    .filter((text) => text !== "")
    .join(", ");
}

function conditionText(term: string, condition: Condition): string {
  // `part: [null]` stands for both parts of a mixed job together.
  if (Array.isArray(condition)) {
    const known = condition.filter((value) => value !== null);
    if (known.length === 0) return "";
    return listText(
      known.map((value, index) =>
        index === known.length - 1 || typeof value === "string" ? valueText(term, value) : String(value),
      ),
      "or",
    );
  }
  if (typeof condition !== "object" || condition === null) return valueText(term, condition);
  const { ge, le, gt, lt } = condition;
  return `${limitsText({ ge, le, gt, lt })} ${termName(term).replace(/^number of /, "")}`;
}

const values: Readonly<Record<string, string>> = {
  mixed_50_50: "GET and SET half and half",
  "sut-transmits": "the system under test transmits",
  "sut-receives": "the system under test receives",
};

function valueText(term: string, value: Scalar): string {
  if (term === "bs_bytes" && typeof value === "number") return `blocks of ${bytesText(value)}`;
  return typeof value === "string" ? (values[value] ?? value) : termsText({ [term]: value });
}

/** What a setting should be: `32`, `at least 150 000 000`, `35 to 40`, `no`. */
export function expectedText(condition: Condition): string {
  if (Array.isArray(condition)) return listText(condition.map(scalarText), "or");
  return typeof condition !== "object" || condition === null ? scalarText(condition) : limitsText(condition);
}

function limitsText({ ge, le, gt, lt }: Limits): string {
  if (ge !== undefined && le !== undefined) return `${exactNumber(ge)} to ${exactNumber(le)}`;
  return [
    ge === undefined ? null : `at least ${exactNumber(ge)}`,
    gt === undefined ? null : `more than ${exactNumber(gt)}`,
    le === undefined ? null : `at most ${exactNumber(le)}`,
    lt === undefined ? null : `less than ${exactNumber(lt)}`,
  ]
    .filter((text) => text !== null)
    .join(" and ");
}

export function scalarText(value: Scalar): string {
  if (value === null) return "none";
  if (typeof value === "number") return exactNumber(value);
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}

export function listText(words: readonly string[], joint: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

/** The first letter as at the beginning of a sentence, but for names that are written small. */
export function capital(text: string): string {
  return /^[a-z]/.test(text) && !/^(fio|nuttcp|netperf)\b/.test(text)
    ? `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    : text;
}
