// LINPACK: rate of solving a dense system of equations, as in Figure 1 of the paper.
import { barFigures } from "./bar-figures.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { groupName } from "./group-name.ts";

export function linpackFigures(inputs: FigureInputs): Figure[] {
  return barFigures(inputs, {
    workload: "linpack",
    title: () => "LINPACK: rate of floating-point operations",
    groups: "System of equations",
    group: groupName(inputs, "linpack"),
  });
}
