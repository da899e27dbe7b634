// netperf: transactions and mean round trip over TCP and UDP, as in Figure 8 of the paper.
import { barFigures } from "./bar-figures.ts";
import type { Figure, FigureInputs } from "./figure.ts";

export function netperfFigures(inputs: FigureInputs): Figure[] {
  return barFigures(inputs, {
    workload: "netperf",
    title: (unit) => (unit === "µs" ? "netperf: mean round trip" : "netperf: transactions, one at a time"),
    groups: "Protocol",
    group: ({ conditionLabel }) => conditionLabel,
  });
}
