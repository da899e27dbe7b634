// Every figure over campaigns, in the order in which they are shown.
import { distributionFigures } from "./beyond/distribution-differences.ts";
import { evidenceFigure } from "./beyond/evidence.ts";
import { ladderDefinition } from "./beyond/ladder.ts";
import { littlesLawFigure } from "./beyond/littles-law.ts";
import { noiseFloorFigure, overheadFigure } from "./beyond/overhead.ts";
import { runOrderFigure } from "./beyond/run-order.ts";
import type { FigureDefinition } from "./overlay.ts";
import { figure10, figure11 } from "./paper/disk-figures.ts";
import { figure12 } from "./paper/latency-figure.ts";
import { figure1, figure2, figure3, figure4, figure5 } from "./paper/memory-figures.ts";
import { figure16, figure17, figure18, figure19 } from "./paper/mysql-figures.ts";
import { figure7, figure8 } from "./paper/network-figures.ts";
import { figure13, figure14 } from "./paper/redis-figures.ts";

export const figureDefinitions: readonly FigureDefinition[] = [
  figure1,
  figure2,
  figure3,
  figure4,
  figure5,
  figure7,
  figure8,
  figure10,
  figure11,
  figure12,
  figure13,
  figure14,
  figure16,
  figure17,
  figure18,
  figure19,
  overheadFigure,
  ladderDefinition,
  noiseFloorFigure,
  evidenceFigure,
  ...distributionFigures,
  runOrderFigure,
  littlesLawFigure,
];
