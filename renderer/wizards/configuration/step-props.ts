// What every step of the configuration wizard is given.
import type { Configuration } from "#shared/model/configuration.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { Offers } from "./use-offers.ts";

export interface StepProps {
  /** Place of the configuration in the campaign's form. */
  readonly index: number;
  /** The configuration as it is typed; null where a field is wrong. */
  readonly configuration: Configuration | null;
  /** Null where the form names a lab that is gone. */
  readonly lab: Lab | null;
  /** Stored facts of both hosts; null members where one was never probed. */
  readonly facts: LabFacts;
  /** Why the SUT does not offer an option. */
  readonly offers: Offers;
}
