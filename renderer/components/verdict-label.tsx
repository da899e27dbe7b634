// A verdict of evidence: a sign and a word, so that colour is never alone.
import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import type { Verdict } from "#shared/model/evidence.ts";
import styles from "./verdict-label.module.css";

const signs = {
  held: [IconCheck, "held"],
  "not-held": [IconX, "not held"],
  unknown: [IconQuestionMark, "unknown"],
} as const satisfies Record<Verdict, unknown>;

export function VerdictLabel({ verdict }: { readonly verdict: Verdict }) {
  const [Icon, word] = signs[verdict];
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <Icon size={13} stroke={2.2} aria-hidden />
      {word}
    </span>
  );
}
