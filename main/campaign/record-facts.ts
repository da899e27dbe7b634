// Facts of the machines of a campaign: probed, kept under facts/, compared before against after.
import { join } from "node:path";
import { probeFacts } from "#main/hosts/facts.ts";
import { probeHostFacts } from "#main/hosts/host-facts.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { writeFileAtomic } from "#main/library/atomic-file.ts";
import { keptFacts } from "#main/library/campaign-facts.ts";
import { compareFacts } from "#shared/facts/compare-facts.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Recorder } from "./recorder.ts";

export interface FactsMoment {
  readonly moment: "before" | "after" | "environment";
  /** Container that is looked into, or null. */
  readonly container: string | null;
  /** Slot whose environment it is, or null for a host. */
  readonly slot: string | null;
}

/** Probes a machine, keeps the facts as a file of the campaign and journals that. */
export async function recordFacts(
  machine: RemoteMachine,
  of: FactsMoment,
  to: { campaignPath: string; recorder: Recorder; signal: AbortSignal },
): Promise<Facts> {
  const { moment, container, slot } = of;
  const { signal } = to;
  const facts =
    slot === null
      ? await probeHostFacts(machine, { signal })
      : await probeFacts(machine, { signal, ...(container === null ? {} : { container }) });
  const file = slot === null ? `facts/${machine.machine}-${moment}.json` : `facts/${slot}.json`;
  await writeFileAtomic(join(to.campaignPath, file), `${JSON.stringify(facts, null, 2)}\n`);
  await to.recorder.record({
    type: "facts-recorded",
    machine: machine.machine,
    container,
    moment,
    file,
    slot,
  });
  return facts;
}

/** Probes the host again at the end and journals every fact that is not as it was before the campaign. */
export async function compareWithBefore(
  machine: RemoteMachine,
  to: { campaignPath: string; recorder: Recorder; signal: AbortSignal },
): Promise<void> {
  const before = await keptFacts(to.campaignPath, machine.machine, "before");
  const after = await recordFacts(machine, { moment: "after", container: null, slot: null }, to);
  if (before === null) return;
  const differences = compareFacts(before, after).map((difference) => ({ ...difference }));
  await to.recorder.record({ type: "hosts-compared", machine: machine.machine, differences });
}
