// Terms of a condition as words: `SET, 50 clients`, `random-read-16x8, randread`.
import type { Terms } from "../model/dataset.ts";

const words: Readonly<Record<string, (value: string) => string>> = {
  clients: (value) => `${value} ${value === "1" ? "client" : "clients"}`,
  users: (value) => `${value} ${value === "1" ? "thread" : "threads"}`,
  sockets: (value) => `${value} ${value === "1" ? "socket" : "sockets"}`,
  streams: (value) => `${value} ${value === "1" ? "connection" : "connections"}`,
  threads: (value) => `${value} ${value === "1" ? "thread" : "threads"}`,
  bs_bytes: (value) => `blocks of ${value} B`,
  iodepth: (value) => `depth ${value}`,
  numjobs: (value) => `${value} ${value === "1" ? "job" : "jobs"}`,
  concurrency: (value) => `${value} under way`,
};

/** In the order of the terms; without those that are null. */
export function termsText(terms: Terms): string {
  return Object.entries(terms)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => words[name]?.(String(value)) ?? String(value))
    .join(", ");
}
