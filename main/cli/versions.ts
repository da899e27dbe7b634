// What a campaign records of the program that made it.
import type { Core } from "../core.ts";
import type { Campaign } from "#shared/model/campaign.ts";

export function versionsOf(core: Core): Campaign["versions"] {
  return { tare: core.version, node: process.version, platform: `${process.platform} ${process.arch}` };
}
