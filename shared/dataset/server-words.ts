// Redis and MySQL in the words of the reference data.
import { term, type Words, type WordsInputs } from "./word-inputs.ts";

const operations: Readonly<Record<string, string>> = { get: "GET", set: "SET" };

/**
 * GET and SET of a mix share the server: their throughputs are parts of one, and not what the paper measured one after
 * the other. Their latencies are each operation's own.
 */
export function redisWords({ metric, parameters }: WordsInputs): Words {
  const mixed = parameters["load"] === "mixed";
  const [, side, rest] = /^(get|set)-(.+)$/.exec(metric) ?? [];
  const op = side === undefined ? mixOf(parameters["getShare"]) : (operations[side] ?? null);
  const terms = {
    op,
    clients: term(parameters, "clients"),
    pipeline: mixed ? term(parameters, "pipeline") : 1,
    keyspace: term(parameters, "keys"),
    payload_bytes: term(parameters, "valueBytes"),
  };
  if (rest === "latency-mean") return { quantity: "latency_mean", terms };
  if (rest === "throughput" && !mixed) return { quantity: "throughput", terms };
  return { quantity: metric, terms };
}

function mixOf(getShare: unknown): string | null {
  if (typeof getShare !== "number") return null;
  const percent = Math.round(100 * getShare);
  return `mixed_${percent}_${100 - percent}`;
}

const mysqlQuantities: Readonly<Record<string, string>> = {
  "latency-mean": "latency_mean",
  "latency-p95": "latency_p95",
  "host-cpu": "cpu_utilization",
  "packets-per-transaction": "rx_packets_per_transaction",
};

export function mysqlWords({ metric, parameters }: WordsInputs): Words {
  return {
    quantity: mysqlQuantities[metric] ?? metric,
    terms: {
      users: term(parameters, "threads"),
      oltp_read_only: parameters["transactions"] === "read-only",
      table_rows: term(parameters, "rows"),
    },
  };
}
