// The changes that a campaign makes for all its sessions: governor and sysctls.
import { governorChange } from "../changes/governor.ts";
import { sysctlChange } from "../changes/sysctl.ts";
import type { Scripts } from "../changes/script.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Change } from "../model/change.ts";
import type { HostRole } from "../model/lab.ts";

/** In the order in which they are applied on that host. */
export function hostChanges(campaign: Campaign, role: HostRole, scripts: Scripts): Change[] {
  const { governor, sysctls } = campaign.host;
  const changes = governor === undefined ? [] : [governorChange(governor, scripts)];
  if (role === "loadgen") return changes;
  return [...changes, ...Object.entries(sysctls).map(([name, value]) => sysctlChange(name, value, scripts))];
}
