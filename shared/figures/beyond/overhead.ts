// Overhead at a glance: every workload and configuration as a ratio to native, on one scale.
import type { FigureDefinition } from "../overlay.ts";
import { stripFigure } from "./strips.ts";

export const overheadFigure: FigureDefinition = {
  id: "overhead",
  number: null,
  title: "Overhead at a glance",
  summary:
    "Every primary quantity of every configuration, as performance relative to native with its 95 % interval. Marks left of 1 are slower than native, marks right of it faster; grey ones cannot be told from native. Where a strip holds several loads, they rise downwards.",
  subjects: null,
  distributions: false,
  relative: false,
  draw: (inputs) =>
    stripFigure(inputs, {
      id: "overhead",
      title: "Overhead at a glance: performance relative to native",
      x: "Performance relative to native: ratio of rates, inverse ratio of times (logarithmic; 1 is native)",
      // Use of the CPU is neither a rate nor a time: more of it is not better or worse by itself.
      accepts: ({ primary, better }, control) => primary && better !== null && !control,
      notes: [],
    }),
};

export const noiseFloorFigure: FigureDefinition = {
  id: "noise-floor",
  number: null,
  title: "Noise floor",
  summary:
    "The A/A control: native measured a second time in every block, relative to native. Nothing differs between the two, so what is seen here is the machine's own noise; smaller differences are not told apart from none.",
  subjects: null,
  distributions: false,
  relative: false,
  draw: (inputs) =>
    stripFigure(inputs, {
      id: "noise-floor",
      title: "Noise floor: the A/A control relative to native",
      x: "A/A control relative to native: ratio of rates, inverse ratio of times (logarithmic)",
      accepts: ({ primary }, control) => primary && control,
      notes: [],
    }),
};
