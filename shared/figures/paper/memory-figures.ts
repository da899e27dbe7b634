// Figures 1 to 5 of the paper: LINPACK, STREAM and RandomAccess, on one socket and on two.
import type { DataPoint } from "../../model/dataset.ts";
import { countText, significant } from "../../report/number.ts";
import { barDefinition } from "../overlay/bars.ts";
import type { FigureDefinition } from "../overlay.ts";

export const figure1 = barDefinition({
  id: "figure-1",
  number: 1,
  title: "LINPACK: rate of floating-point operations",
  summary:
    "How fast a dense system of linear equations is solved. The work is in the CPU's vector units; what an environment hides of the CPU costs most.",
  subject: "linpack",
  panels: [{ quantities: ["gflops"], title: "Rate" }],
  groups: "Equations",
  accepts: () => true,
  group: ({ terms }) => {
    const size = terms["problem_size"];
    const known = typeof size === "number";
    return {
      label: [known ? `${significant(size, 1)} equations` : "Size not recorded", ...socketsText(terms)].join(
        ", ",
      ),
      rank: known ? -size : 0,
    };
  },
  terms: ["problem_size", "sockets"],
  counted: "sockets",
});

export const figure2 = streamFigure(2, "one socket");
export const figure3 = streamFigure(3, "two sockets");
export const figure4 = randomaccessFigure(4, "one socket");
export const figure5 = randomaccessFigure(5, "two sockets");

type Sockets = "one socket" | "two sockets";

/** The whole machine, where it is not known how much of it was used, stands with the larger ones; the subtitle says so. */
function onSockets(sockets: Sockets): (point: Pick<DataPoint, "terms">) => boolean {
  return ({ terms }) => (terms["sockets"] === 1) === (sockets === "one socket");
}

/** Nothing where it is not known: the subtitle says so. */
function socketsText({ sockets }: DataPoint["terms"]): string[] {
  return typeof sockets === "number" ? [countText(sockets, "socket")] : [];
}

/** Nothing where the figure's title says it already. */
function unlessTitled(terms: DataPoint["terms"]): string {
  return terms["sockets"] === 1 || terms["sockets"] === 2
    ? ""
    : socketsText(terms)
        .map((text) => `, ${text}`)
        .join("");
}

const kernels = ["Copy", "Scale", "Add", "Triad"];

function streamFigure(number: 2 | 3, sockets: Sockets): FigureDefinition {
  return barDefinition({
    id: `figure-${number}`,
    number,
    title: `STREAM: memory bandwidth on ${sockets}`,
    summary:
      "Bandwidth of four loops over arrays that are far larger than the caches; each start counts with its best repetition.",
    subject: "stream",
    panels: [{ quantities: ["bandwidth"], title: "Bandwidth" }],
    groups: "Function",
    accepts: onSockets(sockets),
    group: ({ terms, conditionLabel }) => {
      const kernel = terms["kernel"];
      const known = typeof kernel === "string";
      return {
        label: `${known ? kernel : conditionLabel}${unlessTitled(terms)}`,
        rank: known ? kernels.indexOf(kernel) : kernels.length,
      };
    },
    terms: ["kernel", "sockets"],
    counted: "sockets",
  });
}

function randomaccessFigure(number: 4 | 5, sockets: Sockets): FigureDefinition {
  return barDefinition({
    id: `figure-${number}`,
    number,
    title: `RandomAccess: updates of a large table on ${sockets}`,
    summary:
      "Updates a second at random places of a table: nearly every one misses the caches and the TLB. The paper's loop opens a parallel region for each 128 updates; the independent streams of HPC Challenge do not.",
    subject: "randomaccess",
    panels: [{ quantities: ["gups", "gups-hpcc"], title: "Updates" }],
    groups: "Variant",
    accepts: onSockets(sockets),
    group: ({ quantity, terms }) => ({
      label: `${quantity === "gups" ? "The paper's loop" : "Independent streams"}${unlessTitled(terms)}`,
      rank: quantity === "gups" ? 0 : 1,
    }),
    terms: ["sockets", "variant"],
    counted: "sockets",
  });
}
