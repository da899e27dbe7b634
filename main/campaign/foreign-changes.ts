// Changes of Tare's that are in force when a campaign starts and are not its own: its figures are those of hosts with them.
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import { isByHand } from "#shared/changes/by-hand.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { countText } from "#shared/report/number.ts";
import { remarkOnce } from "./remark-once.ts";
import { hostsOf, type Stage } from "./stage.ts";

/** A remark for each host that has some; the campaign goes on. They stay in force after it, and are no difference to before. */
export async function remarkForeignChanges(stage: Stage): Promise<void> {
  for (const machine of hostsOf(stage)) {
    const records = await outstandingChanges(machine, stage.betweenRuns);
    const text = foreignChangesText(machine.name, stage.campaign.id, records);
    if (text !== null) await remarkOnce(stage, text);
  }
}

/** Null where all that is in force on the host is the campaign's own. */
export function foreignChangesText(
  host: string,
  campaignId: string,
  records: readonly ChangeRecord[],
): string | null {
  const foreign = records.filter((record) => record.campaignId !== campaignId);
  if (foreign.length === 0) return null;
  const told = foreign.map(
    ({ change, campaignId: owner }) =>
      `${change.title} (${isByHand(owner) ? "by hand" : `campaign ${owner}`})`,
  );
  const are = foreign.length === 1 ? "is" : "are";
  return `${countText(foreign.length, "change")} of Tare's that ${are} not this campaign's ${are} in force on ${host}: ${told.join("; ")}. What is measured is the host with ${foreign.length === 1 ? "it" : "them"}.`;
}
