// What a workload's words are made from, and what they are.
import type { Terms } from "../model/dataset.ts";
import type { Condition } from "../model/workload.ts";

export interface Words {
  readonly quantity: string;
  readonly terms: Terms;
  /** What a value in the metric's unit is multiplied by to be in the quantity's; absent: 1. */
  readonly factor?: number;
}

export interface WordsInputs {
  readonly metric: string;
  readonly parameters: Condition["parameters"];
  /** Sockets of the SUT whose CPUs the configuration may use; null where that is not known. */
  readonly sockets: number | null;
}

/** A parameter as a term; null where it is neither text, number nor yes or no. */
export function term(parameters: Condition["parameters"], name: string): Terms[string] {
  const value = parameters[name];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
