// The campaign as a timeline: a row for each block, sessions in the colour of their environment, a cell for each run.
import { useRef, useState, type KeyboardEvent } from "react";
import { meanText, durationText } from "#shared/report/number.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { Section } from "#renderer/components/section.tsx";
import { SlotKey } from "#renderer/components/slot-key.tsx";
import { cellStatusTexts, type TimelineBlock, type TimelineCell } from "./timeline-model.ts";
import { TimelineRow } from "./timeline-row.tsx";
import styles from "./timeline.module.css";

interface TimelineProps {
  readonly campaign: Campaign;
  readonly blocks: readonly TimelineBlock[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly runs: CampaignState["runs"];
  readonly selected: string | null;
  readonly onSelect: (runId: string | null) => void;
}

export function Timeline({ campaign, blocks, looks, runs, selected, onSelect }: TimelineProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const rows = useRef<HTMLOListElement>(null);
  const longest = Math.max(1, ...blocks.map(({ seconds }) => seconds));
  const cells = blocks.map(({ sessions }) => sessions.flatMap((session) => session.cells));
  const all = cells.flat();
  const shown = all.find(({ run }) => run.runId === (pointed ?? selected)) ?? null;
  // One stop for the keyboard: the selected run, else the one that runs, else the first.
  const stop =
    all.find(({ run }) => run.runId === selected) ?? all.find(({ status }) => status === "running") ?? all[0];

  const move = (event: KeyboardEvent): void => {
    const target = nextRun(cells, event);
    if (target === null) return;
    event.preventDefault();
    rows.current?.querySelector<HTMLElement>(`[data-run="${CSS.escape(target)}"]`)?.focus();
  };

  return (
    <Section
      title="Blocks"
      aside={[...looks.values()].map((look) => (
        <SlotKey key={look.slot} look={look} />
      ))}
    >
      <ol className={styles.rows} ref={rows} aria-label="Runs by block; the arrow keys go from run to run">
        {blocks.map((block) => (
          <TimelineRow
            key={block.block}
            {...{ block, longest, looks, selected }}
            stop={stop?.run.block === block.block ? stop.run.runId : null}
            describe={(cell) => describe(campaign, looks, cell)}
            onPoint={setPointed}
            onKey={move}
            onSelect={(runId) => onSelect(runId === selected ? null : runId)}
          />
        ))}
      </ol>
      <p className={styles.readout} aria-hidden>
        {shown === null ? (
          <span className={styles.hint}>
            Lengths are to scale: measured where a run has ended, expected where it has not. Point at a run,
            or select it for its output.
          </span>
        ) : (
          <>
            <span className="mono">{shown.run.runId}</span>
            <span>{describe(campaign, looks, shown)}</span>
            <span>{primaryText(campaign, runs, shown)}</span>
          </>
        )}
      </p>
    </Section>
  );
}

function describe(campaign: Campaign, looks: ReadonlyMap<string, SlotStyle>, cell: TimelineCell): string {
  const { run, status, seconds, emulated } = cell;
  const condition = campaign.conditions.find(({ id }) => id === run.conditionId)?.label ?? run.conditionId;
  const ended = status === "ok" || status === "failed";
  const length =
    status === "stopped" || status === "refused" ? "" : `, ${ended ? "" : "about "}${durationText(seconds)}`;
  const label = looks.get(run.slot)?.label ?? run.slot;
  return `Block ${run.block}, ${label}, ${condition}: ${cellStatusTexts[status]}${length}${emulated ? ", emulated" : ""}`;
}

/** `triad 19.40 GB/s`; empty where the run has no value. */
function primaryText(campaign: Campaign, runs: CampaignState["runs"], { run }: TimelineCell): string {
  const condition = campaign.conditions.find(({ id }) => id === run.conditionId);
  const measured = runs.get(run.runId)?.measurements ?? [];
  const metric = condition && workloads[condition.workload].metrics.find(({ primary }) => primary);
  const found = measured.find((each) => each.metric === metric?.name) ?? measured[0];
  return found === undefined
    ? ""
    : `${metric?.title ?? found.metric} ${meanText(found.value, null)} ${found.unit}`;
}

/** Left and right along the block, up and down to the run at the same place of the next block. */
function nextRun(cells: readonly (readonly TimelineCell[])[], event: KeyboardEvent): string | null {
  const from = (event.target as HTMLElement).dataset["run"];
  const row = cells.findIndex((block) => block.some(({ run }) => run.runId === from));
  const column = cells[row]?.findIndex(({ run }) => run.runId === from) ?? -1;
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    Home: [row, 0],
    End: [row, (cells[row]?.length ?? 0) - 1],
  };
  const [toRow, toColumn] = moves[event.key] ?? [-1, -1];
  return cells[toRow]?.[toColumn]?.run.runId ?? null;
}
