// How many channels may be open at once. A server may allow fewer than expected (MaxSessions): the limit is learnt
// from its refusals. Long-lived channels that can be taken up again make way for others, so that nothing waits for ever.

export interface SlotRequest {
  readonly signal: AbortSignal;
  /** Given by a long-lived channel: called when its place is wanted. It then releases soon and asks again. */
  readonly onYield?: () => void;
}

export interface ChannelSlots {
  /** Waits for a free place; returns what gives it back. */
  acquire(request: SlotRequest): Promise<() => void>;
  /** The server refused a channel that still holds its place: no more than the others are open at once. */
  refused(): void;
  /** A new connection: what was learnt about the old one is forgotten. */
  reset(): void;
}

interface Holder {
  readonly since: number;
  readonly onYield: (() => void) | undefined;
  yielding: boolean;
}

/** A long-lived channel keeps its place for so long before another long-lived one may want it. */
const shareMs = 1000;

export function createChannelSlots(most: number): ChannelSlots {
  let limit = most;
  const holders = new Set<Holder>();
  const waiting: { readonly request: SlotRequest; readonly grant: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const serve = (): void => {
    while (holders.size < limit) {
      const next = waiting.shift();
      if (next === undefined) return;
      next.grant();
    }
    makeRoom();
  };

  const makeRoom = (): void => {
    clearTimeout(timer);
    let wanted = waiting.length - [...holders].filter((holder) => holder.yielding).length;
    const onlyLong = waiting.every(({ request }) => request.onYield !== undefined);
    for (const holder of holders) {
      if (wanted <= 0) return;
      if (holder.onYield === undefined || holder.yielding) continue;
      const left = onlyLong ? holder.since + shareMs - performance.now() : 0;
      if (left > 0) {
        timer = setTimeout(makeRoom, left);
        return;
      }
      holder.yielding = true;
      wanted -= 1;
      holder.onYield();
    }
  };

  return {
    acquire({ signal, onYield }) {
      const { promise, resolve, reject } = Promise.withResolvers<() => void>();
      const request: SlotRequest = onYield === undefined ? { signal } : { signal, onYield };
      const entry = {
        request,
        grant: () => {
          signal.removeEventListener("abort", abort);
          const holder: Holder = { since: performance.now(), onYield, yielding: false };
          holders.add(holder);
          resolve(() => {
            if (holders.delete(holder)) serve();
          });
        },
      };
      const abort = () => {
        const index = waiting.indexOf(entry);
        if (index >= 0) waiting.splice(index, 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      signal.addEventListener("abort", abort, { once: true });
      // Short work goes before long-lived channels that wait.
      const place =
        onYield === undefined ? waiting.findIndex((each) => each.request.onYield !== undefined) : -1;
      waiting.splice(place < 0 ? waiting.length : place, 0, entry);
      serve();
      return promise;
    },
    refused() {
      limit = Math.max(1, Math.min(limit, holders.size - 1));
    },
    reset() {
      limit = most;
      serve();
    },
  };
}
