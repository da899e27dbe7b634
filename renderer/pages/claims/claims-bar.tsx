// Filters of the claims, with counts: verdict, workload, text, and whose labels count.
import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { verdictText } from "#shared/claims/claims-text.ts";
import { claimVerdicts, type ClaimJudgement, type Labelling } from "#shared/model/claim.ts";
import { ClaimVerdict } from "./claim-verdict.tsx";
import { subjectTitle, type ClaimsFilter } from "./claims-filter.ts";
import styles from "./claims-tab.module.css";

interface ClaimsBarProps {
  readonly claims: readonly ClaimJudgement[];
  /** Those that fit workload and text, which the counts are of. */
  readonly fitting: readonly ClaimJudgement[];
  readonly filter: ClaimsFilter;
  readonly onChange: (change: Partial<ClaimsFilter>) => void;
}

const labels: readonly { readonly value: Labelling; readonly label: string }[] = [
  { value: "measured", label: "What the data show" },
  { value: "paper", label: "The paper's labels" },
];

export function ClaimsBar({ claims, fitting, filter, onChange }: ClaimsBarProps) {
  const subjects = [...new Set(claims.map(({ subject }) => subject))];
  return (
    <div className={styles.bar}>
      <div className={styles.counts} role="group" aria-label="Verdict">
        <button
          type="button"
          aria-pressed={filter.verdict === null}
          onClick={() => onChange({ verdict: null })}
        >
          {fitting.length} all
        </button>
        {claimVerdicts.map((verdict) => (
          <button
            key={verdict}
            type="button"
            aria-pressed={filter.verdict === verdict}
            aria-label={`${countOf(fitting, verdict)} ${verdictText(verdict)}`}
            onClick={() => onChange({ verdict: filter.verdict === verdict ? null : verdict })}
          >
            {countOf(fitting, verdict)} <ClaimVerdict verdict={verdict} />
          </button>
        ))}
      </div>
      <Select
        aria-label="Workload"
        placeholder="Every workload"
        clearable
        data={subjects.map((subject) => ({ value: subject, label: subjectTitle(subject) }))}
        value={filter.subject}
        onChange={(subject) => onChange({ subject })}
        w={170}
      />
      <TextInput
        aria-label="Find in claims"
        placeholder="Find"
        leftSection={<IconSearch size={14} />}
        value={filter.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        w={200}
      />
      <div className={styles.labelling}>
        <SegmentedControl
          aria-label="Labels of the paper's series"
          data={[...labels]}
          value={filter.labelling}
          onChange={(labelling) => onChange({ labelling })}
        />
      </div>
    </div>
  );
}

function countOf(claims: readonly ClaimJudgement[], verdict: ClaimJudgement["verdict"]): number {
  return claims.filter((claim) => claim.verdict === verdict).length;
}
