// One campaign as the window knows it: its design, and the state that its events add up to.
import { useEffect } from "react";
import { createStore, useStore, type StoreApi } from "zustand";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Failure } from "#shared/model/error.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { initialState, reduceAll, type CampaignState } from "#shared/state/campaign-state.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { startFollowing } from "#renderer/api/follow.ts";

export interface CampaignView {
  readonly campaign: Campaign | null;
  readonly state: CampaignState;
  /** Every event so far, in order; replaced as a whole, at most once a frame. */
  readonly events: readonly CampaignEvent[];
  readonly failure: Failure | null;
}

export interface FollowedCampaign {
  readonly store: StoreApi<CampaignView>;
  readonly stop: () => void;
}

const emptyView: CampaignView = { campaign: null, state: initialState, events: [], failure: null };

/** Follows a campaign's journal into a store; returns the store and the function that stops. */
function startCampaign(campaignId: string): FollowedCampaign {
  const store = createStore<CampaignView>()(() => emptyView);
  let waiting: CampaignEvent[] = [];
  let frame = 0;

  // A long journal arrives as thousands of events; they are taken in once a frame.
  const flush = (): void => {
    frame = 0;
    const batch = waiting;
    waiting = [];
    store.setState(({ state, events }) => ({
      state: reduceAll(batch, state),
      events: events.concat(batch.filter(({ seq }) => seq > state.lastSeq)),
    }));
  };
  const lastSeq = (): number => waiting.at(-1)?.seq ?? store.getState().state.lastSeq;

  const stopEvents = startFollowing<CampaignEvent>({
    open: (signal) => api.campaigns.events({ campaignId, afterSeq: lastSeq() }, { signal }),
    onItem: (event) => {
      waiting.push(event);
      if (frame === 0) frame = requestAnimationFrame(flush);
    },
    onFailure: (failure) => store.setState({ failure }),
  });
  const controller = new AbortController();
  void load(campaignId, controller.signal).then((found) => store.setState(found));

  return {
    store,
    stop: () => {
      controller.abort();
      stopEvents();
      cancelAnimationFrame(frame);
    },
  };
}

async function load(campaignId: string, signal: AbortSignal): Promise<Partial<CampaignView>> {
  try {
    return { campaign: await api.campaigns.get({ campaignId }, { signal }) };
  } catch (error) {
    return signal.aborted ? {} : { failure: failureOf(error) };
  }
}

// Pages of the same campaign share one stream: the last one to leave closes it.
const open = new Map<string, FollowedCampaign & { users: number }>();

function storeOf(campaignId: string) {
  let entry = open.get(campaignId);
  if (entry === undefined) {
    entry = { ...startCampaign(campaignId), users: 0 };
    open.set(campaignId, entry);
  }
  return entry;
}

const lingerMs = 2000;

/**
 * A part of a campaign, kept up to date. `select` must return a stable value for the same view
 * (a field, a primitive; compute lists with useMemo in the component).
 */
export function useCampaign<T>(campaignId: string, select: (view: CampaignView) => T): T {
  const entry = storeOf(campaignId);
  useEffect(() => {
    const used = storeOf(campaignId);
    used.users += 1;
    return () => {
      used.users -= 1;
      setTimeout(() => {
        if (used.users > 0 || open.get(campaignId) !== used) return;
        used.stop();
        open.delete(campaignId);
      }, lingerMs);
    };
  }, [campaignId]);
  return useStore(entry.store, select);
}
