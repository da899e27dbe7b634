// Figures 16 to 19 of the paper: MySQL under a growing number of threads, read-only transactions apart from those that write.
import type { Terms } from "../../model/dataset.ts";
import type { CurveDesign } from "../overlay/curves.ts";
import { curveDefinition } from "../overlay/curves.ts";

const transactions = {
  subject: "mysql",
  over: "users",
  overTitle: "threads of the load generator",
  panels: [
    { key: "read-only", title: "Read-only" },
    { key: "read-write", title: "Read-write" },
  ],
  panel: ({ oltp_read_only: readOnly }: Terms) => (readOnly === false ? "read-write" : "read-only"),
  panelTerms: ["oltp_read_only"],
} as const satisfies Partial<CurveDesign>;

export const figure16 = curveDefinition({
  ...transactions,
  id: "figure-16",
  number: 16,
  title: "MySQL: throughput over the number of threads",
  summary: "Transactions a second; below it what is lost against native.",
  quantity: "throughput",
  against: null,
  loss: true,
});

export const figure17 = curveDefinition({
  ...transactions,
  id: "figure-17",
  number: 17,
  title: "MySQL: throughput over CPU use",
  summary:
    "Transactions a second over the CPU use of the system under test, along the number of threads: the higher a line runs, the less CPU a transaction takes.",
  quantity: "throughput",
  against: "cpu_utilization",
  loss: false,
});

export const figure18 = curveDefinition({
  ...transactions,
  id: "figure-18",
  number: 18,
  title: "MySQL: mean latency over the number of threads",
  summary: "How long a transaction takes on average.",
  quantity: "latency_mean",
  against: null,
  loss: false,
});

export const figure19 = curveDefinition({
  ...transactions,
  id: "figure-19",
  number: 19,
  title: "MySQL: throughput over latency",
  summary:
    "Transactions a second over their mean latency, along the number of threads: where a line stops climbing, more threads only wait longer.",
  quantity: "throughput",
  against: "latency_mean",
  loss: false,
});
