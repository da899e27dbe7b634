// What is compared, and how strictly: in the address, so that it can be linked to.
import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Correction } from "#shared/model/comparison.ts";
import { idSchema } from "#shared/model/text.ts";

/** At most so many campaigns in one comparison. */
export const mostCompared = 20;

export interface CompareChoice {
  /** The others are compared with the first. */
  readonly campaigns: readonly string[];
  readonly correction: Correction;
  /** Real differences alone. */
  readonly onlyReal: boolean;
  /** Secondary quantities too. */
  readonly all: boolean;
}

export function choiceOf(search: URLSearchParams): CompareChoice {
  const ids = (search.get("campaigns") ?? "").split(",").filter((id) => idSchema.safeParse(id).success);
  return {
    campaigns: [...new Set(ids)].slice(0, mostCompared),
    correction: search.get("correction") === "holm" ? "holm" : "benjamini-hochberg",
    onlyReal: search.get("only") === "real",
    all: search.get("quantities") === "all",
  };
}

export function searchOf({ campaigns, correction, onlyReal, all }: CompareChoice): URLSearchParams {
  return new URLSearchParams([
    ["campaigns", campaigns.join(",")],
    ["correction", correction],
    ...(onlyReal ? [["only", "real"]] : []),
    ...(all ? [["quantities", "all"]] : []),
  ]);
}

export function useCompareChoice(): [CompareChoice, (part: Partial<CompareChoice>) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const choice = useMemo(() => choiceOf(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (part: Partial<CompareChoice>) =>
      setSearch((before) => searchOf({ ...choiceOf(before), ...part }), { replace: true }),
    [setSearch],
  );
  return [choice, change];
}
