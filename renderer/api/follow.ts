// Follows a stream of the core until it is stopped; goes on after a dropped connection from where it was.
import type { Failure } from "#shared/model/error.ts";
import { connected } from "./client.ts";
import { failureOf, isFinal } from "./failure.ts";

export interface FollowOptions<T> {
  /** Opens the stream; called again after every drop, so it should read its cursor anew. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<T>>;
  readonly onItem: (item: T) => void;
  /** The core refused or ended the stream with an error; it is not opened again. */
  readonly onFailure: (failure: Failure) => void;
}

const pauseMs = 500;

/** Starts following; returns the function that stops it. */
export function startFollowing<T>(options: FollowOptions<T>): () => void {
  const controller = new AbortController();
  void run(options, controller.signal);
  return () => controller.abort();
}

async function run<T>(options: FollowOptions<T>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await connected(signal);
      for await (const item of await options.open(signal)) {
        if (signal.aborted) return;
        options.onItem(item);
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isFinal(error)) {
        options.onFailure(failureOf(error));
        return;
      }
      await pause(signal);
    }
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pauseMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
