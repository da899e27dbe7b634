// How long each environment took to start, block by block: from the command to the first answer on a port.
import { Section } from "#renderer/components/section.tsx";
import { SlotKey } from "#renderer/components/slot-key.tsx";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { countText, meanText } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { startUpRows } from "#shared/stats/start-up.ts";
import styles from "./environments.module.css";

interface EnvironmentsProps {
  readonly campaign: Campaign;
  readonly state: CampaignState;
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

export function Environments({ campaign, state, looks }: EnvironmentsProps) {
  const rows = startUpRows(campaign, state.startUps);
  if (rows.length === 0) return null;
  return (
    <Section title="Start-up of environments">
      <dl className={styles.list}>
        {rows.map(({ slot, label, mean, deviation, values }) => {
          const look = looks.get(slot);
          return (
            <div key={slot}>
              <dt>{look === undefined ? label : <SlotKey look={look} />}</dt>
              <dd>
                {meanText(mean, deviation)} s{" "}
                <span className={styles.quiet}>{countText(values.length, "start")}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Section>
  );
}
