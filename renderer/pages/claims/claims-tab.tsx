// The paper's sentences, judged on one campaign: for readers without the paper at hand.
import { Button } from "@mantine/core";
import { useMemo } from "react";
import { claimSections } from "#shared/claims/claim-sections.ts";
import { paperId } from "#shared/model/dataset.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { ClaimItem } from "./claim-item.tsx";
import { ClaimsBar } from "./claims-bar.tsx";
import { fittingClaims, useClaimsFilter } from "./claims-filter.ts";
import { useClaims } from "./use-claims.ts";
import styles from "./claims-tab.module.css";

export function ClaimsTab({ campaignId }: { readonly campaignId: string }) {
  const [filter, setFilter] = useClaimsFilter();
  const { value, failure, retry } = useClaims(campaignId, filter.labelling);
  const paper = campaignId === paperId;
  const fitting = useMemo(() => fittingClaims(value ?? [], filter), [value, filter]);
  const sections = useMemo(
    () =>
      claimSections(fitting.filter(({ verdict }) => filter.verdict === null || verdict === filter.verdict)),
    [fitting, filter.verdict],
  );
  return (
    <div className={styles.page}>
      <Introduction paper={paper} labelling={filter.labelling} />
      {failure === null ? null : (
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" onClick={retry}>
              Judge again
            </Button>
          }
        />
      )}
      {value === null ? (
        failure === null ? (
          <p role="status">Judging the claims…</p>
        ) : null
      ) : (
        <>
          <ClaimsBar claims={value} fitting={fitting} filter={filter} onChange={setFilter} />
          {sections.length === 0 ? <p role="status">No claim fits these filters.</p> : null}
          {sections.map(({ section, heading, summary, claims }) => (
            <Section key={section} title={heading} flush>
              <p className={styles.summary}>{summary}</p>
              {claims.map((claim) => (
                <ClaimItem
                  key={claim.id}
                  claim={claim}
                  campaignId={campaignId}
                  name="This campaign"
                  paper={paper}
                />
              ))}
            </Section>
          ))}
        </>
      )}
    </div>
  );
}

function Introduction({ paper, labelling }: { readonly paper: boolean; readonly labelling: string }) {
  return (
    <div className={styles.introduction}>
      <p>
        What Felter, Ferreira, Rajamony and Rubio say in “An Updated Performance Comparison of Virtual
        Machines and Linux Containers” (IBM RC25482, 2014), each sentence as a relation with bounds.{" "}
        {paper
          ? "Here each is recomputed from the raw data that the authors published: the verdict is that of the means."
          : "A claim holds where the 95 % interval lies within the bounds, does not hold where it lies beyond them, and cannot be told otherwise; the sentences under it say what is missing."}
      </p>
      <p>
        {labelling === "paper"
          ? "Labels: the paper's own. Its MySQL series “Docker NAT volume” counts as Docker with NAT, as plotted, though its packets show the host's network."
          : "Labels: what the data show. The MySQL series that the paper calls “Docker NAT volume” counts as Docker with the host's network and files in the layer, because its packets show so."}{" "}
        {paper ? null : "This changes the column of the paper's data alone."}
      </p>
    </div>
  );
}
