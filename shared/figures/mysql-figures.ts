// MySQL: throughput, host CPU and latency over the number of threads, as in Figures 16, 17 and 18 of the paper.
import { curveFigure } from "./curve-figure.ts";
import type { Figure, FigureInputs } from "./figure.ts";

const curves = [
  { metric: "throughput", title: "throughput" },
  { metric: "host-cpu", title: "CPU use of the system under test" },
  { metric: "latency-mean", title: "mean latency" },
  { metric: "latency-p95", title: "95th percentile of the latency" },
] as const;

/** Read-only and read-write transactions are two loads: each has figures of its own. */
export function mysqlFigures(inputs: FigureInputs): Figure[] {
  return (["read-only", "read-write"] as const).flatMap((transactions) =>
    curves.flatMap(({ metric, title }) =>
      curveFigure(inputs, {
        id: `mysql-${transactions}-${metric}`,
        workload: "mysql",
        metric,
        title: `MySQL, ${transactions}: ${title}`,
        xTitle: "Threads of the load generator",
        x: ({ parameters }) => {
          const { threads } = parameters;
          return parameters["transactions"] === transactions && typeof threads === "number" ? threads : null;
        },
      }),
    ),
  );
}
