// The campaigns that this process runs: started, steered and watched by id.
import { EventEmitter, on } from "node:events";
import type { HostRole } from "#shared/model/lab.ts";
import type { Live } from "#shared/contract/campaigns.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { type CampaignFolder, openCampaignFolder } from "#main/library/campaign-folder.ts";
import { findCampaign } from "#main/library/library.ts";
import { lockCampaign } from "#main/library/run-lock.ts";
import { requireOwn } from "#main/library/tare-file/library-file.ts";
import { followJournal } from "#main/library/follow-journal.ts";
import type { LinkEvent } from "#main/ssh/connection-deps.ts";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import { writeReport } from "./write-report.ts";
import { startCampaignRun, type CampaignRun } from "./campaign-run.ts";

export interface ActiveCampaigns {
  /** Starts or takes up again. Throws TareError BUSY, NOT_FOUND, CAMPAIGN_DAMAGED. */
  start(campaignId: string): Promise<void>;
  /** Throws TareError NOT_FOUND where this process does not run it. */
  pause(campaignId: string): void;
  cancel(campaignId: string): void;
  /** Ids of the campaigns that run in this process now. */
  running(): readonly string[];
  /** The state as this process knows it, or null where it does not run it. */
  state(campaignId: string): CampaignState | null;
  /** Settles when the campaign is no longer under way in this process. */
  ended(campaignId: string): Promise<Failure | null>;
  events(campaignId: string, afterSeq: number, signal: AbortSignal): AsyncGenerator<CampaignEvent>;
  live(campaignId: string, signal: AbortSignal): AsyncGenerator<Live>;
  /** Pauses all and waits until every host is as before. */
  close(): Promise<void>;
}

export interface ActiveCampaignsDeps {
  readonly campaignsFolder: string;
  readonly version: string;
  /** Told of every event of every campaign. */
  readonly onChange?: () => void;
  connect(
    campaign: Campaign,
    role: HostRole,
    signal: AbortSignal,
    onLink: (event: LinkEvent) => void,
  ): Promise<HostMachine>;
}

export function createActiveCampaigns(deps: ActiveCampaignsDeps): ActiveCampaigns {
  const active = new Map<string, CampaignRun>();
  const endings = new Map<string, Promise<Failure | null>>();
  const feed = new EventEmitter();
  feed.setMaxListeners(0);
  const cleanup = new AbortController();

  function activeRun(campaignId: string): CampaignRun {
    const run = active.get(campaignId);
    if (run === undefined)
      throw new TareError("NOT_FOUND", `The campaign ${campaignId} is not under way in this process.`);
    return run;
  }

  async function start(campaignId: string): Promise<void> {
    if (active.has(campaignId)) throw new TareError("BUSY", "The campaign is already under way.");
    const path = await findCampaign(deps.campaignsFolder, campaignId);
    await requireOwn(path);
    const unlock = await lockCampaign(path);
    const folder = await openCampaignFolder(path).catch(async (error: unknown) => {
      await unlock();
      throw error;
    });
    const world = {
      folder,
      version: deps.version,
      connect: (role: HostRole, signal: AbortSignal, onLink: (event: LinkEvent) => void) =>
        deps.connect(folder.campaign, role, signal, onLink),
      onEvent: () => {
        feed.emit(`event ${campaignId}`);
        deps.onChange?.();
      },
      onLive: (live: Live) => feed.emit(`live ${campaignId}`, live),
    };
    const run = startCampaignRun(world, cleanup.signal);
    active.set(campaignId, run);
    endings.set(campaignId, settle(campaignId, run, folder, unlock));
  }

  async function settle(
    campaignId: string,
    run: CampaignRun,
    folder: CampaignFolder,
    unlock: () => Promise<void>,
  ): Promise<Failure | null> {
    let failure = await run.ended;
    try {
      await writeReport(folder.path);
    } catch (error) {
      failure ??= toFailure(error);
    }
    try {
      await folder.close();
      await unlock();
    } catch (error) {
      failure ??= toFailure(error);
    }
    active.delete(campaignId);
    feed.emit(`event ${campaignId}`);
    deps.onChange?.();
    return failure;
  }

  return {
    start,
    pause: (campaignId) => activeRun(campaignId).pause(),
    cancel: (campaignId) => activeRun(campaignId).cancel(),
    running: () => [...active.keys()],
    state: (campaignId) => active.get(campaignId)?.state() ?? null,
    ended: (campaignId) => endings.get(campaignId) ?? Promise.resolve(null),
    async *events(campaignId, afterSeq, signal) {
      const path = await findCampaign(deps.campaignsFolder, campaignId);
      const wake = (listener: () => void) => {
        feed.on(`event ${campaignId}`, listener);
        return () => feed.off(`event ${campaignId}`, listener);
      };
      yield* followJournal(path, afterSeq, wake, signal);
    },
    async *live(campaignId, signal) {
      try {
        for await (const [live] of on(feed, `live ${campaignId}`, { signal })) yield live as Live;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async close() {
      for (const run of active.values()) run.pause();
      await Promise.all(endings.values());
    },
  };
}
