// Who will use the huge pages, by the configuration and the workloads of the campaign.
import { useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { hugePageUsers, type HugePageUser } from "#shared/environments/huge-page-users.ts";
import { Section } from "#renderer/components/section.tsx";
import { chosenConditions, type CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import type { StepProps } from "../step-props.ts";
import styles from "./pages-step.module.css";

const words: Readonly<Record<HugePageUser["pages"], string>> = {
  transparent: "transparent",
  reserved: "reserved",
  small: "none",
  unknown: "not known",
  unused: "unused",
};

export function UsersSection({ configuration, facts }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const choices = useWatch({ control, name: "workloads" });
  const users = useMemo(
    () =>
      configuration === null ? null : hugePageUsers(configuration, chosenConditions(choices), facts.sut),
    [configuration, choices, facts.sut],
  );
  return (
    <Section title="Who will use them">
      {users === null ? (
        <p className={styles.note}>A field cannot be used as it is.</p>
      ) : (
        <div className={styles.stack}>
          {users.length === 0 ? <p className={styles.note}>No workload is chosen yet.</p> : null}
          <dl className={styles.users}>
            {users.map(({ who, pages, text }) => (
              <div key={`${who} ${text}`}>
                <dt>{who}</dt>
                <dd data-pages={pages}>{words[pages]}</dd>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Section>
  );
}
