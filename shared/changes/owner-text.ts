// Who made a change, as a sentence names it.
import type { ChangeOwner } from "../model/host-change.ts";

/** `by hand`, `by campaign “Redis” (interrupted)`, `by a campaign that is not in this library (redis-1a2b3c)`. */
export function byOwner({ kind, name, status, campaignId }: ChangeOwner): string {
  if (kind === "by-hand") return "by hand";
  if (kind === "unknown") return `by a campaign that is not in this library (${campaignId})`;
  return `by campaign “${name ?? campaignId}”${status === null ? "" : ` (${status})`}`;
}
