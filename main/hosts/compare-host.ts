// A host as it is now against the facts from before something was changed on it.
import type { Core } from "../core.ts";
import { keptFacts } from "../library/campaign-facts.ts";
import { findCampaign } from "../library/library.ts";
import type { HostComparison } from "#shared/contract/hosts.ts";
import { isByHand } from "#shared/changes/by-hand.ts";
import { compareFacts } from "#shared/facts/compare-facts.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";
import { changeOwners } from "./change-owners.ts";
import { probeFacts } from "./facts.ts";

interface Before {
  readonly campaignId: string;
  readonly facts: Facts;
}

/**
 * With the facts from before the changes of `against`, or (null) with the latest from before anything: of the last campaign of the lab, or of what
 * was applied by hand. Changes nothing. Throws NOT_FOUND and the TareErrors of connecting and probing.
 */
export async function compareHost(
  core: Core,
  { labId, role, against }: { labId: string; role: HostRole; against: string | null },
  signal: AbortSignal,
): Promise<HostComparison> {
  const lab = await core.labs.get(labId);
  const before =
    against === null
      ? await latestBefore(core, lab, role, signal)
      : await factsOf(core, labId, role, against);
  const machine = await core.connect(lab, role, signal);
  try {
    const { name: host } = machine;
    const now = before === null ? null : await probeFacts(machine, { signal });
    const comparedAt = new Date().toISOString();
    if (before === null || now === null) return { role, host, comparedAt, before: null, differences: [] };
    const { campaignId } = before;
    const owner = (await changeOwners(core.paths.campaigns, [campaignId]))(campaignId);
    return {
      role,
      host,
      comparedAt,
      before: { owner, takenAt: before.facts.takenAt },
      differences: compareFacts(before.facts, now).map((difference) => ({ ...difference })),
    };
  } finally {
    await machine.close();
  }
}

async function factsOf(
  { byHand, paths }: Core,
  labId: string,
  role: HostRole,
  campaignId: string,
): Promise<Before | null> {
  if (isByHand(campaignId)) {
    const facts = await byHand.facts(labId, campaignId, role);
    return facts === null ? null : { campaignId, facts };
  }
  // A campaign that is gone, or whose facts are of another version, leaves nothing to compare with.
  const path = await findCampaign(paths.campaigns, campaignId).catch(() => null);
  const facts = path === null ? null : await keptFacts(path, role, "before").catch(() => null);
  return facts === null ? null : { campaignId, facts };
}

async function latestBefore(
  core: Core,
  lab: Lab,
  role: HostRole,
  signal: AbortSignal,
): Promise<Before | null> {
  const found: Before[] = [];
  for (const campaignId of await core.byHand.applied(lab.id, role)) {
    const before = await factsOf(core, lab.id, role, campaignId);
    if (before === null) continue;
    found.push(before);
    break;
  }
  for (const { id, damage, importedAt } of await core.library.ofLab(lab.id, signal)) {
    // An imported campaign's lab may have this one's id, and is somebody else's machines.
    if (damage !== null || importedAt !== null) continue;
    const before = await factsOf(core, lab.id, role, id);
    if (before === null) continue;
    found.push(before);
    break;
  }
  return found.toSorted((a, b) => b.facts.takenAt.localeCompare(a.facts.takenAt))[0] ?? null;
}
