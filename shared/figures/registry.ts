// Every workload's figures.
import type { WorkloadName } from "../model/workload.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { fioFigures } from "./fio-figures.ts";
import { linpackFigures } from "./linpack-figures.ts";
import { mysqlFigures } from "./mysql-figures.ts";
import { netperfFigures } from "./netperf-figures.ts";
import { nuttcpFigures } from "./nuttcp-figures.ts";
import { randomaccessFigures } from "./randomaccess-figures.ts";
import { redisFigures } from "./redis-figures.ts";
import { streamFigures } from "./stream-figures.ts";

/** Figures by workload, the one that stands for it first; none where nothing was measured. */
export const figures: Readonly<Record<WorkloadName, (inputs: FigureInputs) => Figure[]>> = {
  linpack: linpackFigures,
  stream: streamFigures,
  randomaccess: randomaccessFigures,
  nuttcp: nuttcpFigures,
  netperf: netperfFigures,
  fio: fioFigures,
  redis: redisFigures,
  mysql: mysqlFigures,
};
