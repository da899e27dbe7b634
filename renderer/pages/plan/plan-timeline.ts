// The steps of a plan as sessions in blocks, with how long each takes.
import type { DryStep } from "#shared/contract/campaigns.ts";

export interface TimelineSession {
  readonly block: number;
  readonly slot: string;
  readonly seconds: number;
  readonly runs: number;
}

export interface TimelineBlock {
  readonly block: number;
  readonly sessions: readonly TimelineSession[];
  readonly seconds: number;
}

export function planTimeline(steps: readonly DryStep[]): readonly TimelineBlock[] {
  const blocks = new Map<number, Map<string, { seconds: number; runs: Set<string> }>>();
  for (const { block, slot, runId, seconds } of steps) {
    if (block === null || slot === null) continue;
    const sessions = blocks.get(block) ?? new Map<string, { seconds: number; runs: Set<string> }>();
    const session = sessions.get(slot) ?? { seconds: 0, runs: new Set<string>() };
    session.seconds += seconds;
    if (runId !== null) session.runs.add(runId);
    sessions.set(slot, session);
    blocks.set(block, sessions);
  }
  return [...blocks].map(([block, slots]) => {
    const sessions = [...slots].map(([slot, { seconds, runs }]) => ({
      block,
      slot,
      seconds,
      runs: runs.size,
    }));
    return { block, sessions, seconds: sessions.reduce((sum, session) => sum + session.seconds, 0) };
  });
}

export function sessionKey({
  block,
  slot,
}: {
  readonly block: number | null;
  readonly slot: string | null;
}): string {
  return `${block ?? ""}/${slot ?? ""}`;
}
