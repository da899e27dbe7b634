// RandomAccess: updates of a large table at random places, as in Figure 4 and 5 of the paper; a group for each variant.
import { barFigures } from "./bar-figures.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { groupName } from "./group-name.ts";

export function randomaccessFigures(inputs: FigureInputs): Figure[] {
  return barFigures(inputs, {
    workload: "randomaccess",
    title: () => "RandomAccess: random updates of memory",
    groups: "Variant",
    group: groupName(inputs, "randomaccess"),
  });
}
