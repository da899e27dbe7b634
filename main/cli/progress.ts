// The progress of a campaign at the terminal: a bar with the time left, or plain lines where there is no terminal.
import { Presets, SingleBar } from "cli-progress";
import type { Live } from "#shared/contract/campaigns.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { remaining } from "#shared/plan/remaining.ts";
import { timeLeft } from "#shared/plan/time-left.ts";
import { durationText } from "#shared/report/number.ts";
import { initialState, reduce } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";

export interface Progress {
  event(event: CampaignEvent): void;
  live(live: Live): void;
  stop(): void;
}

/** Shows on standard error, so that standard output stays for results. */
export function showProgress(campaign: Campaign): Progress {
  const plan = planSessions(campaign);
  let state = initialState;
  const bar = process.stderr.isTTY
    ? new SingleBar(
        {
          stream: process.stderr,
          format: "{bar} {value}/{total} runs, {left} left  {text}",
          hideCursor: true,
        },
        Presets.shades_classic,
      )
    : null;
  let shown = "";

  const leftText = () =>
    durationText(timeLeft({ campaign, plan, state, workloads, now: Date.now() }).seconds);
  const say = (text: string) => {
    const { counts } = remaining(plan, state);
    const done = counts.ok + counts.failed + counts.skipped + counts.refused;
    const left = leftText();
    if (bar !== null) return bar.update(done, { text, left });
    if (text === shown) return;
    shown = text;
    process.stderr.write(`[${done}/${counts.planned} runs, ${left} left] ${text}\n`);
  };

  return {
    event(event) {
      if (bar !== null && state.lastSeq === 0)
        bar.start(
          plan.reduce((sum, { runs }) => sum + runs.length, 0),
          0,
          { text: "", left: leftText() },
        );
      state = reduce(state, event);
      const text = textOf(event);
      if (text !== null) say(text);
    },
    live(live) {
      if (live.kind !== "progress") return;
      const share = live.share === null ? "" : ` (${Math.round(live.share * 100)} %)`;
      say(`${live.text}${bar === null ? "" : share}`);
    },
    stop() {
      if (bar === null) return;
      bar.stop();
      // The bar has one line, which the next text replaces; what must be known stays.
      for (const remark of new Set(state.remarks)) process.stderr.write(`${remark}\n`);
    },
  };
}

/** What an event says to the person who waits; null where it says nothing new. */
function textOf(event: CampaignEvent): string | null {
  switch (event.type) {
    case "stage":
      return event.text;
    case "environment-started":
      return `${event.slot} is up after ${event.seconds.toFixed(1)} s${event.accelerator === "tcg" ? ", emulated" : ""}`;
    case "environment-failed":
      return `${event.slot} did not come up: ${event.failure.message}`;
    case "run-started":
      return event.runId;
    case "run-ended":
      return event.failure === undefined ? null : `${event.runId} failed: ${event.failure.message}`;
    case "cell-refused":
      return `${event.conditionId} in ${event.slot} is refused: ${event.reason}`;
    case "link-lost":
      return `The connection to the ${event.machine} is lost: ${event.message}`;
    case "link-restored":
      return `The connection to the ${event.machine} is back after ${event.seconds.toFixed(0)} s`;
    case "cell-stopped":
      return `${event.conditionId} in ${event.slot} failed ${event.failures} times in a row and is not tried again`;
    case "remark":
      return event.text;
    default:
      return null;
  }
}
