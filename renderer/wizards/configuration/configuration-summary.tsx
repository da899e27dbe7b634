// At the right of the configuration wizard: what differs from where it started, what the facts say, the commands.
import { useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Link } from "wouter";
import type { Finding } from "#shared/environments/checks.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import { configurationDifferences } from "#shared/plan/configuration-differences.ts";
import { configurationHref, configurationStepOf } from "#renderer/wizards/campaign/campaign-place.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FactsAge } from "#renderer/wizards/frame/facts-age.tsx";
import { SummaryPart } from "#renderer/wizards/frame/summary-part.tsx";
import { CommandsPart } from "./commands-part.tsx";
import type { ConfigurationPreview } from "./use-configuration-preview.ts";
import styles from "./configuration-summary.module.css";

interface ConfigurationSummaryProps {
  readonly index: number;
  readonly configuration: Configuration | null;
  readonly findings: readonly Finding[];
  readonly preview: ConfigurationPreview;
  /** The text of the configuration that it started from. */
  readonly before: ConfigurationPreview;
  readonly facts: LabFacts;
}

export function ConfigurationSummary(props: ConfigurationSummaryProps) {
  const { index, configuration, findings, preview, before, facts } = props;
  const { control } = useFormContext<CampaignForm>();
  const { id, origin } = useWatch({ control, name: `configurations.${index}` });
  const differences = useMemo(
    () =>
      configuration === null || origin === undefined ? null : configurationDifferences(origin, configuration),
    [configuration, origin],
  );
  return (
    <>
      <SummaryPart title={origin === undefined ? "Changes" : `Changed since “${origin.label}”`}>
        {differences === null ? <p className={styles.quiet}>A field cannot be used as it is.</p> : null}
        {differences?.length === 0 ? <p className={styles.quiet}>Nothing.</p> : null}
        <dl className={styles.differences}>
          {differences?.map(({ axis, from, to }) => (
            <div key={axis}>
              <dt>{axis}</dt>
              <dd>
                <del>{from}</del> <ins>{to}</ins>
              </dd>
            </div>
          ))}
        </dl>
      </SummaryPart>
      <SummaryPart title="What the facts say">
        {findings.length === 0 ? <p className={styles.quiet}>Nothing against it.</p> : null}
        <ul className={styles.findings}>
          {findings.map(({ severity, field, text }) => (
            <li key={`${field} ${text}`} data-severity={severity}>
              <Link
                href={`${configurationHref(id, configurationStepOf(field))}?field=configurations.${index}.${field}`}
              >
                {text}
              </Link>
            </li>
          ))}
        </ul>
        <FactsAge facts={facts} />
      </SummaryPart>
      <CommandsPart id={id} origin={origin?.label ?? null} preview={preview} before={before} />
    </>
  );
}
