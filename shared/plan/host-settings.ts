// The settings of the host that a configuration asks for and that hold without its environment: what can be applied by hand.
import type { EnvironmentContext } from "../environments/environment.ts";
import { nicIrqChanges, pagesChanges } from "../environments/session-changes.ts";
import type { Change } from "../model/change.ts";

/** In the order in which a campaign's session applies them. Throws INPUT_INVALID where the interface whose interrupts are meant is not known. */
export function hostSettings(context: EnvironmentContext): readonly Change[] {
  return [...pagesChanges(context), ...nicIrqChanges(context)];
}
