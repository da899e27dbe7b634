// Changes that a person applies without a campaign: they carry an id like a campaign's, so that journals and scripts know them.

const prefix = "by-hand-";

/** `by-hand-<lab>-20261124t130501123z`: unique for each time of applying. */
export function byHandId(labId: string, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:.]/g, "").toLowerCase();
  return `${prefix}${labId.slice(0, 50)}-${time}`;
}

/** Names of campaigns never make such an id: it ends with a time, theirs with six hexadecimal digits. */
export function isByHand(campaignId: string): boolean {
  return new RegExp(`^${prefix}.*-\\d{8}t\\d{9}z$`).test(campaignId);
}
