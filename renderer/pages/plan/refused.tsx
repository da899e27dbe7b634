// The cells that the lab does not offer, by reason; each leads to the field that it is about.
import { Link } from "wouter";
import type { DryRun } from "#shared/contract/campaigns.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { countText } from "#shared/report/number.ts";
import { RefusedList } from "#renderer/components/refused-list.tsx";
import { Section } from "#renderer/components/section.tsx";
import styles from "./findings.module.css";

interface RefusedProps {
  readonly plan: DryRun;
  readonly draft: CampaignDraft;
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

export function Refused({ plan, draft, looks }: RefusedProps) {
  if (plan.refused.length === 0) return null;
  return (
    <div className={styles.refused}>
      <Section
        title={`${countText(plan.refused.length, "cell is", "cells are")} refused`}
        aside={<span>Not run, and no failure: the lab does not offer what they need</span>}
      >
        <RefusedList
          refused={plan.refused}
          conditions={draft.conditions}
          looks={looks}
          renderAfter={(reason) => {
            const field = fieldOf(plan, reason);
            return field === null ? null : (
              <Link className={styles.link} href={`/new?field=${encodeURIComponent(field)}`}>
                To the field
              </Link>
            );
          }}
        />
      </Section>
    </div>
  );
}

/** A finding says the same after the name of its configuration or condition. */
function fieldOf({ findings }: DryRun, reason: string): string | null {
  const wanted = reason.toLowerCase();
  const found = findings.find(
    ({ severity, text }) => severity === "refused" && text.toLowerCase().endsWith(wanted),
  );
  return found?.field ?? null;
}
