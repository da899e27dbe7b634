// The plan as a timeline: a row for each block, a bar for each session, lengths to scale.
import { SlotKey } from "#renderer/components/slot-key.tsx";
import { Section } from "#renderer/components/section.tsx";
import { countText, durationText } from "#shared/report/number.ts";
import { sessionKey, type TimelineBlock } from "./plan-timeline.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import styles from "./timeline-section.module.css";

interface TimelineSectionProps {
  readonly blocks: readonly TimelineBlock[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly chosen: string | null;
  readonly onChoose: (session: string | null) => void;
}

export function TimelineSection({ blocks, looks, chosen, onChoose }: TimelineSectionProps) {
  const longest = Math.max(1, ...blocks.map(({ seconds }) => seconds));
  return (
    <Section
      title="Order"
      aside={[...looks.values()].map((look) => (
        <SlotKey key={look.slot} look={look} />
      ))}
    >
      <ol className={styles.blocks} aria-label="Timeline of the blocks">
        {blocks.map(({ block, sessions, seconds }) => (
          <li key={block} className={styles.block}>
            <span className={styles.name}>Block {block}</span>
            <span className={styles.track}>
              {sessions.map((session) => {
                const look = looks.get(session.slot);
                const key = sessionKey(session);
                const about = `Block ${block}, ${look?.label ?? session.slot}: ${countText(session.runs, "run")}, ${durationText(session.seconds)}`;
                return (
                  <button
                    key={session.slot}
                    type="button"
                    // The keyboard reaches the same through the field "Session" of the steps.
                    tabIndex={-1}
                    className={styles.session}
                    data-chosen={key === chosen || undefined}
                    aria-label={about}
                    title={about}
                    style={{ width: `${(100 * session.seconds) / longest}%`, background: look?.color }}
                    onClick={() => onChoose(key === chosen ? null : key)}
                  />
                );
              })}
            </span>
            <span className={styles.time}>{durationText(seconds)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
