// STREAM: bandwidth of the four functions, as in Figure 2 and 3 of the paper.
import { barFigures } from "./bar-figures.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { groupName } from "./group-name.ts";

export function streamFigures(inputs: FigureInputs): Figure[] {
  return barFigures(inputs, {
    workload: "stream",
    title: () => "STREAM: memory bandwidth",
    groups: "Function",
    group: groupName(inputs, "stream"),
  });
}
