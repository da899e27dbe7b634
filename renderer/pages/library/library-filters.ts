// What of the library is shown, as it stands in the address: search, filters, order.
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { instantText } from "#renderer/format/instant.ts";

export type Origin = "here" | "imported" | "demo" | "paper";

export const originTitles: Readonly<Record<Origin, string>> = {
  here: "measured here",
  imported: "imported",
  demo: "demo lab",
  paper: "the paper",
};

/** Lists: any of them; empty: no condition. Dates are local days, `2026-11-24`, both included. */
export interface LibraryFilters {
  readonly status: readonly string[];
  readonly environment: readonly string[];
  readonly workload: readonly string[];
  readonly machine: readonly string[];
  readonly tag: readonly string[];
  readonly origin: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Archived ones: left out, among the others, or alone. */
  readonly archived: "hide" | "show" | "only";
  readonly damaged: boolean;
}

export const listFilters = ["status", "environment", "workload", "machine", "tag", "origin"] as const;
export type ListFilter = (typeof listFilters)[number];

export const noFilters: LibraryFilters = {
  status: [],
  environment: [],
  workload: [],
  machine: [],
  tag: [],
  origin: [],
  from: "",
  to: "",
  archived: "hide",
  damaged: false,
};

const day = /^\d{4}-\d{2}-\d{2}$/;

/** What is not understood in the address is no condition. */
export function readFilters(search: URLSearchParams): LibraryFilters {
  const date = (name: string) => {
    const text = search.get(name) ?? "";
    return day.test(text) ? text : "";
  };
  const archived = search.get("archived");
  return {
    status: search.getAll("status"),
    environment: search.getAll("environment"),
    workload: search.getAll("workload"),
    machine: search.getAll("machine"),
    tag: search.getAll("tag"),
    origin: search.getAll("origin"),
    from: date("from"),
    to: date("to"),
    archived: archived === "show" || archived === "only" ? archived : "hide",
    damaged: search.get("damaged") === "yes",
  };
}

/** `search` with the filters in it and everything else of it kept. */
export function withFilters(search: URLSearchParams, filters: LibraryFilters): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of listFilters) {
    next.delete(name);
    for (const value of filters[name]) next.append(name, value);
  }
  const set = (name: string, value: string) => (value === "" ? next.delete(name) : next.set(name, value));
  set("from", filters.from);
  set("to", filters.to);
  set("archived", filters.archived === "hide" ? "" : filters.archived);
  set("damaged", filters.damaged ? "yes" : "");
  return next;
}

export function originOf(entry: CampaignEntry): Origin {
  if (entry.origin === "paper") return "paper";
  if (entry.importedAt !== null) return "imported";
  return entry.demo ? "demo" : "here";
}

const values: Readonly<Record<ListFilter, (entry: CampaignEntry) => readonly string[]>> = {
  status: ({ status }) => [status],
  environment: ({ environments }) => environments,
  workload: ({ workloads }) => workloads,
  machine: ({ lab, machines }) => [lab, ...machines],
  tag: ({ tags }) => tags,
  origin: (entry) => [originOf(entry)],
};

export function passes(entry: CampaignEntry, filters: LibraryFilters): boolean {
  if (filters.archived === "hide" && entry.archived) return false;
  if (filters.archived === "only" && !entry.archived) return false;
  if (filters.damaged && entry.damage === null) return false;
  const created = filters.from === "" && filters.to === "" ? "" : instantText(entry.createdAt).slice(0, 10);
  if (filters.from !== "" && created < filters.from) return false;
  if (filters.to !== "" && created > filters.to) return false;
  return listFilters.every((name) => {
    const wanted = filters[name];
    return wanted.length === 0 || values[name](entry).some((value) => wanted.includes(value));
  });
}

/** How many conditions there are beyond those that stand at first. */
export function countFilters(filters: LibraryFilters): number {
  const lists = listFilters.filter((name) => filters[name].length > 0).length;
  const rest = [filters.from !== "", filters.to !== "", filters.archived !== "hide", filters.damaged];
  return lists + rest.filter(Boolean).length;
}

/** Every value that some campaign has, in order: what a filter offers. */
export function filterChoices(entries: readonly CampaignEntry[], name: ListFilter): string[] {
  return [...new Set(entries.flatMap(values[name]))].toSorted(collator.compare);
}

const collator = new Intl.Collator("en", { numeric: true });
