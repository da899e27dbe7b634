// Figures 13 and 14 of the paper: Redis over the number of clients, SET and GET beside each other.
import type { Terms } from "../../model/dataset.ts";
import type { CurveDesign } from "../overlay/curves.ts";
import { curveDefinition } from "../overlay/curves.ts";

const operations = {
  subject: "redis",
  against: null,
  over: "clients",
  overTitle: "clients",
  panels: [
    { key: "SET", title: "SET" },
    { key: "GET", title: "GET" },
    { key: "mixed", title: "GET and SET mixed" },
  ],
  panel: ({ op }: Terms) => {
    if (op === "SET" || op === "GET") return op;
    return typeof op === "string" && op.startsWith("mixed") ? "mixed" : null;
  },
  panelTerms: ["op"],
} as const satisfies Partial<CurveDesign>;

export const figure13 = curveDefinition({
  ...operations,
  id: "figure-13",
  number: 13,
  title: "Redis: throughput over the number of clients",
  summary:
    "Requests a second; below it what is lost against native. Until the server is busy all the time, a longer path costs throughput; from then on only the CPU that it takes does.",
  quantity: "throughput",
  loss: true,
});

export const figure14 = curveDefinition({
  ...operations,
  id: "figure-14",
  number: 14,
  title: "Redis: mean latency over the number of clients",
  summary:
    "How long a request takes on average. The paper's values are the number of clients divided by the throughput (Little's law).",
  quantity: "latency_mean",
  loss: false,
});
