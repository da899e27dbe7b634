// What differs between two or more campaigns: `/compare?campaigns=a,b`. First what they ran on, then what they found.
import { Button, Loader } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "wouter";
import { paperId } from "#shared/model/dataset.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { CampaignChips } from "#renderer/pages/figures/campaign-chips.tsx";
import { CampaignSearch } from "#renderer/pages/figures/choice-bar.tsx";
import { libraryCampaigns } from "#renderer/pages/figures/library-campaigns.ts";
import { useFreshLibrary } from "#renderer/stores/fresh-library.ts";
import { mostCompared, useCompareChoice } from "./compare-state.ts";
import { DifferencesSection } from "./differences-section.tsx";
import { EffectsSection } from "./effects-section.tsx";
import { useComparison } from "./use-comparison.ts";
import styles from "./compare-page.module.css";

const nothing: ReadonlySet<string> = new Set();

export function ComparePage() {
  const [choice, change] = useCompareChoice();
  const { campaigns } = choice;
  const { value: library, failure: noLibrary, reload } = useFreshLibrary();
  const known = useMemo(() => libraryCampaigns(library?.campaigns ?? []), [library]);
  const { value, failure, loading, retry } = useComparison(campaigns, choice.correction);
  return (
    <Page title="Compare" subtitle={<span>Each campaign against the first one</span>}>
      <div className={styles.page}>
        <section className={styles.bar} aria-label="What is compared">
          <CampaignSearch
            label="Add a campaign"
            most={mostCompared}
            chosen={campaigns}
            known={known}
            onAdd={(id) => change({ campaigns: [...campaigns, id] })}
          />
          <CampaignChips
            own={null}
            campaigns={campaigns}
            known={known}
            failed={nothing}
            onChange={(next) => change({ campaigns: next })}
          />
          {campaigns.length > 1 ? (
            <Button
              component={Link}
              href={`/figures?campaigns=${campaigns.join(",")}`}
              variant="default"
              className={styles.figures}
            >
              Their figures
            </Button>
          ) : null}
        </section>
        {noLibrary === null ? null : (
          <FailureNotice
            failure={noLibrary}
            actions={
              <Button variant="default" onClick={() => void reload()}>
                Read again
              </Button>
            }
          />
        )}
        {failure === null ? null : (
          <FailureNotice
            failure={failure}
            actions={
              <Button variant="default" onClick={retry}>
                Try again
              </Button>
            }
          />
        )}
        {loading ? (
          <p className={styles.loading} role="status">
            <Loader size="xs" /> Comparing…
          </p>
        ) : null}
        {campaigns.length < 2 ? (
          <TooFew
            count={campaigns.length}
            onPaper={
              campaigns.includes(paperId) ? null : () => change({ campaigns: [...campaigns, paperId] })
            }
          />
        ) : null}
        {value === null ? null : (
          <>
            <DifferencesSection comparison={value} />
            <EffectsSection comparison={value} choice={choice} change={change} />
          </>
        )}
      </div>
    </Page>
  );
}

function TooFew({ count, onPaper }: { readonly count: number; readonly onPaper: (() => void) | null }) {
  return (
    <EmptyState
      title={count === 0 ? "No campaign is chosen" : "One campaign is chosen"}
      actions={
        <>
          {onPaper === null ? null : (
            <Button variant="default" onClick={onPaper}>
              Add the paper
            </Button>
          )}
          <Button component={Link} href="/" variant="default">
            To the library
          </Button>
        </>
      }
    >
      <p>
        Choose two or more campaigns above, or in the library: what differed in their machines, versions and
        configurations is shown here, then which of their results differ, tested as many comparisons.
      </p>
    </EmptyState>
  );
}
