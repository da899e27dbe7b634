// Connects a campaign to both of its hosts, with what is needed to change them and to put them back.
import { createChangeIds } from "#main/hosts/change-ids.ts";
import { createChanger } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import type { LinkEvent } from "#main/ssh/connection-deps.ts";
import { assetPath } from "#main/installation.ts";
import { readScripts } from "#main/ssh/scripts.ts";
import type { Scripts } from "#shared/changes/script.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import type { Failure } from "#shared/model/error.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { connectForLife } from "./connect-for-life.ts";
import type { Recorder } from "./recorder.ts";
import type { Stage } from "./stage.ts";
import type { CampaignWorld } from "./world.ts";

export interface ConnectedStage {
  readonly stage: Stage;
  close(): Promise<void>;
}

/** Throws the TareErrors of connecting; then nothing stays connected. */
export async function connectStage(
  world: CampaignWorld,
  recorder: Recorder,
  signals: { work: AbortSignal; betweenRuns: AbortSignal; cleanup: AbortSignal },
): Promise<ConnectedStage> {
  const { campaign } = world.folder;
  await recorder.record({ type: "stage", name: "connect", text: "Connecting to both hosts" });
  const connected: HostMachine[] = [];
  const close = async () => {
    await Promise.all(connected.map((host) => host.close()));
  };
  const connect = async (role: HostRole) => {
    const onLink = (event: LinkEvent) => journalLink(recorder, role, event);
    const host = await connectForLife(signals.betweenRuns, signals.cleanup, (signal) =>
      world.connect(role, signal, onLink),
    );
    connected.push(host);
    return host;
  };
  try {
    const sut = await connect("sut");
    const loadgen = await connect("loadgen");
    // One numbering for both hosts: an id names a change of the campaign.
    const nextId = createChangeIds(recorder.state().changes.keys());
    const append = (record: ChangeRecord, failure?: Failure) => journalChange(recorder, record, failure);
    const changer = (machine: HostMachine) =>
      createChanger(machine, { campaignId: campaign.id, nextId, append, now: () => new Date() });
    const stage: Stage = {
      campaign,
      plan: planSessions(campaign),
      world,
      recorder,
      sut,
      loadgen,
      changers: { sut: changer(sut), loadgen: changer(loadgen) },
      scripts: {
        sut: await scriptPaths(sut, signals.betweenRuns),
        loadgen: await scriptPaths(loadgen, signals.betweenRuns),
      },
      signal: signals.work,
      betweenRuns: signals.betweenRuns,
      cleanupSignal: signals.cleanup,
    };
    return { stage, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function journalLink(recorder: Recorder, machine: HostRole, event: LinkEvent): void {
  const body =
    event.kind === "lost"
      ? ({ type: "link-lost", machine, message: event.message } as const)
      : ({ type: "link-restored", machine, seconds: event.seconds } as const);
  void recorder.recordIfPossible(body);
}

/** Before a change the journal must hold; once it is taken back, a full disk here is no reason to stop restoring. */
function journalChange(
  recorder: Recorder,
  record: ChangeRecord,
  failure: Failure | undefined,
): Promise<void> {
  const body = { type: "change", record, ...(failure === undefined ? {} : { failure }) } as const;
  const settled = record.status === "undone" || record.status === "undo-failed" || record.status === "failed";
  return settled ? recorder.recordIfPossible(body) : recorder.record(body);
}

async function scriptPaths(machine: RemoteMachine, signal: AbortSignal): Promise<Scripts> {
  const paths: Record<string, string> = {};
  for (const { name } of readScripts(assetPath("host")).files)
    paths[name] = await machine.script(name, signal);
  return paths;
}
