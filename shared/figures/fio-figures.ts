// fio: bandwidth of large blocks and operations a second of small ones, as in Figure 10 and 11 of the paper.
import { barFigures } from "./bar-figures.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { groupName } from "./group-name.ts";

export function fioFigures(inputs: FigureInputs): Figure[] {
  return barFigures(inputs, {
    workload: "fio",
    title: (unit) => (unit === "MB/s" ? "fio: bandwidth, large blocks" : "fio: operations, small blocks"),
    groups: "Job",
    group: groupName(inputs, "fio"),
  });
}
