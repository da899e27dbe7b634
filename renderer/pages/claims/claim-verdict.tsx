// The verdict of a claim: a sign and words, so that colour is never alone. Grey is kept for what is not distinguishable.
import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { verdictText } from "#shared/claims/claims-text.ts";
import type { ClaimVerdict as Verdict } from "#shared/model/claim.ts";
import styles from "./claim-verdict.module.css";

const signs = {
  holds: IconCheck,
  "does-not-hold": IconX,
  "cannot-tell": IconQuestionMark,
} as const satisfies Record<Verdict, unknown>;

export function ClaimVerdict({ verdict }: { readonly verdict: Verdict }) {
  const Icon = signs[verdict];
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {verdictText(verdict)}
    </span>
  );
}
