// Reads what both hosts of a lab are and keeps it with the lab: plans are made and checked with these facts.
import type { Core } from "../core.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import { TareError } from "#shared/model/error.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { findChanges } from "./found-changes.ts";
import { probeHostFacts } from "./host-facts.ts";

/** Changes nothing on the hosts, and remembers what Tare has in force there. Throws TareErrors of the connection and of the probe. */
export async function probeLab(core: Core, labId: string, signal: AbortSignal): Promise<LabFacts> {
  const lab = await core.labs.get(labId);
  for (const role of hostRoles) {
    const machine = await core.connect(lab, role, signal);
    try {
      await core.labs.saveFacts(labId, role, await probeHostFacts(machine, { signal }));
      await findChanges({ labId, role, machine }, core, signal).catch(unlessRootIsRefused);
    } finally {
      await machine.close();
    }
  }
  return core.labs.facts(labId);
}

/** An account without root reads facts all the same; what is in force it cannot see. */
function unlessRootIsRefused(error: unknown): void {
  if (!(error instanceof TareError && error.code === "ROOT_REFUSED")) throw error;
}
