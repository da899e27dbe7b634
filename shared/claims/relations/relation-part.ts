// What a relation yields: numbers with what they are made of, before anything is judged.
import type { DataPoint, Terms } from "../../model/dataset.ts";
import { environmentUnder, termsAt, type ClaimData, type Selection } from "../claim-data.ts";
import type { ClaimEstimate } from "../estimate.ts";

/** What a point or a distribution tells about itself. */
export interface PartSource {
  readonly id: string;
  readonly slot: string;
  readonly emulated: boolean;
  readonly evidence: DataPoint["evidence"];
}

export interface RelationPart {
  readonly terms: Terms;
  readonly estimate: ClaimEstimate;
  readonly sources: readonly PartSource[];
}

export interface RelationParts {
  readonly parts: readonly RelationPart[];
  /** Configurations that were left aside, see `Selection`. */
  readonly aside: ReadonlyMap<string, readonly string[]>;
  /** What keeps a pair from giving a number, in whole sentences. */
  readonly gaps: readonly string[];
}

export function allAside(
  ...selections: readonly Pick<Selection<never>, "aside">[]
): ReadonlyMap<string, readonly string[]> {
  return new Map(selections.flatMap(({ aside }) => [...aside]));
}

/** The terms that tell parts apart; the environment too where the relation names several. */
export function partTerms(
  data: ClaimData,
  point: Pick<DataPoint, "terms" | "environment" | "paperEnvironment">,
  names: readonly string[],
  env: string | readonly string[],
): Terms {
  const terms = termsAt(point.terms, names);
  if (typeof env === "string") return terms;
  return { env: environmentUnder(data.labelling, point), ...terms };
}
