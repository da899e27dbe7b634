// Redis: throughput and latency over the number of clients, as in Figure 13 and 14 of the paper.
import { curveFigure } from "./curve-figure.ts";
import type { Figure, FigureInputs } from "./figure.ts";

/** Metrics that have a figure, in order. Where GET and SET run one after the other there is no common throughput. */
const curves = [
  { metric: "throughput", title: "Redis: throughput, GET and SET" },
  { metric: "get-throughput", title: "Redis: throughput of GET" },
  { metric: "set-throughput", title: "Redis: throughput of SET" },
  { metric: "get-latency-mean", title: "Redis: mean latency of GET" },
  { metric: "get-latency-p99", title: "Redis: 99th percentile of GET's latency" },
  { metric: "set-latency-mean", title: "Redis: mean latency of SET" },
  { metric: "set-latency-p99", title: "Redis: 99th percentile of SET's latency" },
] as const;

export function redisFigures(inputs: FigureInputs): Figure[] {
  const common = inputs.results.rows.some(
    ({ metric, values }) => metric.name === "throughput" && values.length > 0,
  );
  return curves
    .filter(({ metric }) => !common || !/^[gs]et-throughput$/.test(metric))
    .flatMap(({ metric, title }) =>
      curveFigure(inputs, {
        id: `redis-${metric}`,
        workload: "redis",
        metric,
        title,
        xTitle: "Clients",
        x: ({ parameters }) => (typeof parameters["clients"] === "number" ? parameters["clients"] : null),
      }),
    );
}
