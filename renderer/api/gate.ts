// A door behind which callers wait until there is something to hand them.
export interface Gate<T> {
  readonly open: (value: T) => void;
  readonly close: () => void;
  /** The value, as soon as the gate is open; rejects when the signal aborts first. */
  readonly pass: (signal?: AbortSignal) => Promise<T>;
}

export function createGate<T>(): Gate<T> {
  let next = Promise.withResolvers<T>();
  let isOpen = false;
  return {
    open: (value) => {
      if (isOpen) next = Promise.withResolvers<T>();
      isOpen = true;
      next.resolve(value);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      next = Promise.withResolvers<T>();
    },
    pass: (signal) => {
      if (signal === undefined) return next.promise;
      const aborted = Promise.withResolvers<never>();
      const abort = () => aborted.reject(signal.reason);
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
      return Promise.race([next.promise, aborted.promise]).finally(() =>
        signal.removeEventListener("abort", abort),
      );
    },
  };
}
