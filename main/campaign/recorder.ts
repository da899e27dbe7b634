// Writes what happens to the journal and keeps the state that follows from it; both move together.
import { type CampaignEvent, type EventBody } from "#shared/model/event.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import { type CampaignState, reduce, reduceAll } from "#shared/state/campaign-state.ts";
import type { CampaignFolder } from "#main/library/campaign-folder.ts";

export interface Recorder {
  state(): CampaignState;
  /** Journals durably, then moves the state and tells the listeners. Throws TareError DISK_FULL. */
  record(body: EventBody): Promise<void>;
  /**
   * The same while hosts are put back as they were: a full disk on this computer must not keep a host changed.
   * The event is lost then, and the failure is kept; resuming finds the truth on the host.
   */
  recordIfPossible(body: EventBody): Promise<void>;
  /** What `recordIfPossible` could not write, or null. */
  lost(): Failure | null;
}

export function createRecorder(folder: CampaignFolder, onEvent: (event: CampaignEvent) => void): Recorder {
  let state = reduceAll(folder.events);
  let lost: Failure | null = null;

  async function record(body: EventBody): Promise<void> {
    const event = await folder.append(body);
    state = reduce(state, event);
    onEvent(event);
  }

  return {
    state: () => state,
    record,
    async recordIfPossible(body) {
      try {
        await record(body);
      } catch (error) {
        lost = toFailure(error);
      }
    },
    lost: () => lost,
  };
}
