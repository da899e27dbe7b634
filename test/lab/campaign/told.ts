// A journal in few words, for the message of a test that fails.
import type { CampaignEvent } from "#shared/model/event.ts";

/** One line an event: seconds since the first, what happened, to whom. */
export function told(events: readonly CampaignEvent[]): string {
  const begun = Date.parse(events[0]?.at ?? "");
  return events
    .map((event) => `${((Date.parse(event.at) - begun) / 1000).toFixed(1).padStart(7)} ${line(event)}`)
    .join("\n");
}

function line(event: CampaignEvent): string {
  if (event.type === "change") {
    const { failure, record } = event;
    return `change ${record.id} ${record.status} "${record.change.title}" ${failure?.message ?? ""}`;
  }
  if (event.type === "run-ended") {
    const { runId, attempt, outcome, toolSeconds, failure } = event;
    return `run-ended ${runId} ${attempt} ${outcome} ${toolSeconds} ${failure?.message ?? ""} ${failure?.detail ?? ""}`;
  }
  const { seq: _seq, at: _at, type, ...rest } = event;
  return `${type} ${JSON.stringify(rest).slice(0, 300)}`;
}
