// nuttcp: throughput of one TCP connection in both directions, as in Figure 7 of the paper.
import { barFigures } from "./bar-figures.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { groupName } from "./group-name.ts";

export function nuttcpFigures(inputs: FigureInputs): Figure[] {
  return barFigures(inputs, {
    workload: "nuttcp",
    title: () => "nuttcp: TCP throughput",
    groups: "Direction",
    group: groupName(inputs, "nuttcp"),
  });
}
