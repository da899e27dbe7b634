// One block of the timeline: a segment for each session, with the start of its environment and a cell for each run.
import type { KeyboardEvent } from "react";
import { durationText } from "#shared/report/number.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { TimelineBlock, TimelineCell } from "./timeline-model.ts";
import styles from "./timeline.module.css";

interface TimelineRowProps {
  readonly block: TimelineBlock;
  /** Seconds of the longest block: the whole width. */
  readonly longest: number;
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly selected: string | null;
  /** The run that the Tab key reaches. */
  readonly stop: string | null;
  readonly describe: (cell: TimelineCell) => string;
  readonly onPoint: (runId: string | null) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onSelect: (runId: string) => void;
}

export function TimelineRow({
  block,
  longest,
  looks,
  selected,
  stop,
  describe,
  onPoint,
  onKey,
  onSelect,
}: TimelineRowProps) {
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        {block.block}
        <span className={styles.count}>
          {block.ended}/{block.planned}
        </span>
      </span>
      <span className={styles.track} style={{ width: `${(100 * block.seconds) / longest}%` }}>
        {block.sessions.map(({ slot, startSeconds, cells }) => {
          const look = looks.get(slot);
          return (
            <span
              key={slot}
              className={styles.session}
              style={{
                flexGrow: startSeconds + cells.reduce((sum, { seconds }) => sum + seconds, 0),
                // Slivers have room of their own.
                minWidth: 4 * cells.filter(({ status }) => status === "refused").length + 2,
                color: look?.color,
              }}
            >
              <span className={styles.band} data-dash={look?.dash} />
              <span className={styles.cells}>
                <span
                  className={styles.start}
                  style={{ flexGrow: startSeconds }}
                  title="The environment starts"
                />
                {cells.map((cell) => {
                  const { runId } = cell.run;
                  return (
                    <button
                      key={runId}
                      type="button"
                      className={styles.cell}
                      style={{ flexGrow: cell.seconds }}
                      tabIndex={runId === stop ? 0 : -1}
                      data-run={runId}
                      data-status={cell.status}
                      data-emulated={(cell.emulated && cell.status === "ok") || undefined}
                      aria-pressed={runId === selected}
                      aria-label={describe(cell)}
                      onPointerEnter={() => onPoint(runId)}
                      onPointerLeave={() => onPoint(null)}
                      onFocus={() => onPoint(runId)}
                      onBlur={() => onPoint(null)}
                      onKeyDown={onKey}
                      onClick={() => onSelect(runId)}
                    />
                  );
                })}
              </span>
            </span>
          );
        })}
      </span>
      <span className={styles.time}>{durationText(block.seconds)}</span>
    </li>
  );
}
