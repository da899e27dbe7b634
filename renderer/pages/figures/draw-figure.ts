// Draws a definition; what fails in it is told in its own place and leaves the other figures alone.
import type { Figure } from "#shared/figures/figure.ts";
import type { FigureDefinition, OverlayInputs } from "#shared/figures/overlay.ts";
import { toFailure, type Failure } from "#shared/model/error.ts";

export interface DrawnFigure {
  /** Null where none of the campaigns has the data. */
  readonly figure: Figure | null;
  readonly failure: Failure | null;
}

/** Where ratios make no sense it is drawn in absolute values. */
export function drawnFigure(definition: FigureDefinition, inputs: OverlayInputs): DrawnFigure {
  try {
    const scale = definition.relative ? inputs.scale : "absolute";
    return { figure: definition.draw({ ...inputs, scale }), failure: null };
  } catch (error) {
    return { figure: null, failure: toFailure(error) };
  }
}
