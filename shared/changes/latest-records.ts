// What is known last of each change, out of the records of several journals.
import type { ChangeRecord } from "../model/change.ts";

/**
 * One record a change, in the order in which the changes were first written down; of several the last one counts.
 * Give the laptop's records first, then the host's: an entry that is on the host is outstanding, whatever the laptop lost.
 */
export function latestRecords(records: Iterable<ChangeRecord>): ChangeRecord[] {
  const latest = new Map<string, ChangeRecord>();
  for (const record of records) latest.set(`${record.campaignId}/${record.machine}/${record.id}`, record);
  return [...latest.values()];
}
