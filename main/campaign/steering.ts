// How a campaign that is under way is stopped: by a wish to pause or to cancel, or because another controller took its hosts.
import { type Failure, type TareError } from "#shared/model/error.ts";

type Wish = "none" | "pause" | "cancel";

export interface Steering {
  /** Ends on cancel. */
  readonly work: AbortSignal;
  /** Ends on cancel and on pause. */
  readonly betweenRuns: AbortSignal;
  /** Ends when even putting the hosts back must be given up. */
  readonly cleanup: AbortSignal;
  wish(): Wish;
  pause(): void;
  cancel(): void;
  /** Another controller measures on the hosts now: everything stops, and nothing is touched any more. */
  giveWay(to: TareError): void;
  gaveWayTo(): Failure | null;
}

export function createSteering(cleanupSignal: AbortSignal): Steering {
  const work = new AbortController();
  const pausing = new AbortController();
  const givingWay = new AbortController();
  let wish: Wish = "none";
  let other: Failure | null = null;
  return {
    work: AbortSignal.any([work.signal, givingWay.signal]),
    betweenRuns: AbortSignal.any([work.signal, pausing.signal, givingWay.signal]),
    cleanup: AbortSignal.any([cleanupSignal, givingWay.signal]),
    wish: () => wish,
    pause() {
      if (wish !== "none") return;
      wish = "pause";
      pausing.abort();
    },
    cancel() {
      wish = "cancel";
      work.abort();
    },
    giveWay(to) {
      other ??= to.failure;
      givingWay.abort();
    },
    gaveWayTo: () => other,
  };
}
