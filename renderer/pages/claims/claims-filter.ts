// Which claims are shown: in the address, so that it can be linked to and gone back to.
import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { subjectText } from "#shared/claims/claim-words.ts";
import {
  claimVerdicts,
  type ClaimJudgement,
  type ClaimVerdict,
  type Labelling,
} from "#shared/model/claim.ts";

export interface ClaimsFilter {
  readonly labelling: Labelling;
  /** Null: every one. */
  readonly verdict: ClaimVerdict | null;
  /** A workload, or `setup`; null: every one. */
  readonly subject: string | null;
  readonly text: string;
}

function filterOf(search: URLSearchParams): ClaimsFilter {
  return {
    labelling: search.get("labelling") === "paper" ? "paper" : "measured",
    verdict: claimVerdicts.find((each) => each === search.get("verdict")) ?? null,
    subject: search.get("workload"),
    text: search.get("text") ?? "",
  };
}

export function useClaimsFilter(): [ClaimsFilter, (change: Partial<ClaimsFilter>) => void] {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => filterOf(search), [search]);
  const change = useCallback(
    (changed: Partial<ClaimsFilter>) => {
      setSearch(
        (before) => {
          const { labelling, verdict, subject, text } = { ...filterOf(before), ...changed };
          const after = new URLSearchParams();
          if (labelling === "paper") after.set("labelling", labelling);
          if (verdict !== null) after.set("verdict", verdict);
          if (subject !== null) after.set("workload", subject);
          if (text !== "") after.set("text", text);
          return after;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  return [filter, change];
}

/** The claims that fit workload and text: every word is somewhere in what is shown of them. */
export function fittingClaims(
  claims: readonly ClaimJudgement[],
  { subject, text }: Pick<ClaimsFilter, "subject" | "text">,
): readonly ClaimJudgement[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return claims.filter((claim) => {
    if (subject !== null && claim.subject !== subject) return false;
    const { id, sentence, relation, paperText, reasons, notes } = claim;
    const all = [id, sentence, relation, paperText ?? "", ...reasons, ...notes].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function subjectTitle(subject: ClaimJudgement["subject"]): string {
  if (subject === "setup") return "Set-up";
  return subject === "startup" ? "Start-up" : subjectText(subject);
}
