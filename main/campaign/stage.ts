// The machines and records that all parts of a campaign run share once it is connected.
import type { Changer } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import type { Scripts } from "#shared/changes/script.ts";
import type { Campaign, PlannedSession } from "#shared/model/campaign.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { CampaignWorld } from "./world.ts";
import type { Recorder } from "./recorder.ts";

export interface Stage {
  readonly campaign: Campaign;
  readonly plan: readonly PlannedSession[];
  readonly world: CampaignWorld;
  readonly recorder: Recorder;
  readonly sut: HostMachine;
  readonly loadgen: HostMachine;
  readonly changers: Readonly<Record<"sut" | "loadgen", Changer>>;
  /** Paths of Tare's scripts on each host; accounts, and with them paths, may differ. */
  readonly scripts: Readonly<Record<HostRole, Scripts>>;
  /** Ends the work on the person's wish to cancel. */
  readonly signal: AbortSignal;
  /** Ends also on the wish to pause: for all that may be broken off and begun again, which a run may not. */
  readonly betweenRuns: AbortSignal;
  /** Outlives `signal`: for putting the hosts back. */
  readonly cleanupSignal: AbortSignal;
}

/** Both hosts, the SUT first. */
export function hostsOf(stage: Stage): readonly RemoteMachine[] {
  return [stage.sut, stage.loadgen];
}
