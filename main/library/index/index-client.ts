// The index as the core uses it: a thread that is started at the first question, and again when it ends unasked.
import { EventEmitter } from "node:events";
import type { Worker } from "node:worker_threads";
import type { IndexState } from "#shared/contract/library.ts";
import { TareError } from "#shared/model/error.ts";
import type { IndexCall, IndexCalls, IndexPlaces, Report, Request } from "./messages.ts";
import { type StartWorker, startIndexWorker } from "./start-worker.ts";

export interface IndexClient {
  /** Throws the TareErrors of the index, CANCELLED when `signal` is raised, INTERNAL where its thread keeps ending. */
  ask<Name extends IndexCall>(
    name: Name,
    input: IndexCalls[Name]["input"],
    signal?: AbortSignal,
  ): Promise<IndexCalls[Name]["output"]>;
  state(): IndexState;
  /** Returns the function that stops. */
  onState(listener: (state: IndexState) => void): () => void;
  /** Counts the list's generation up for what the index does not see itself. */
  changed(): void;
  close(): Promise<void>;
}

interface Pending {
  readonly request: Request;
  /** Threads that ended while it waited. */
  ends: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A question that ended so many threads is not asked again. */
const endsAllowed = 3;
const closeMs = 5000;

export function createIndexClient(
  places: IndexPlaces,
  startWorker: StartWorker = startIndexWorker,
): IndexClient {
  const feed = new EventEmitter();
  feed.setMaxListeners(0);
  const pending = new Map<number, Pending>();
  const crashed = new Set<string>();
  let state: IndexState = { generation: 1, building: false, done: 0, total: 0 };
  let worker: Worker | null = null;
  let reading: string | null = null;
  let lastId = 0;
  let closed = false;

  function setState(next: IndexState): void {
    state = next;
    feed.emit("state", state);
  }

  function running(): Worker {
    if (worker !== null) return worker;
    const { index, campaigns, paperNotes, assets } = places;
    const started = startWorker({ index, campaigns, paperNotes, assets, crashed: [...crashed] });
    worker = started;
    let failure: unknown = null;
    started.on("message", (report: Report) => take(report));
    started.on("error", (error) => (failure = error));
    started.on("exit", () => {
      if (worker === started) ended(failure);
    });
    return started;
  }

  function take(report: Report): void {
    if (report.kind === "reading") reading = report.folder;
    else if (report.kind === "state")
      setState({ ...report.state, generation: state.generation + (report.changed ? 1 : 0) });
    else {
      const waiting = pending.get(report.id);
      settled(report.id);
      if (report.kind === "answer") waiting?.resolve(report.value);
      else {
        const { code, message, detail, host } = report.failure;
        const rest = { ...(detail === undefined ? {} : { detail }), ...(host === undefined ? {} : { host }) };
        waiting?.reject(new TareError(code, message, rest));
      }
    }
  }

  /** What the thread was reading is not read again as it is; what was asked is asked again. */
  function ended(failure: unknown): void {
    worker = null;
    if (reading !== null) crashed.add(reading);
    reading = null;
    for (const [id, waiting] of pending) {
      waiting.ends += 1;
      if (closed || waiting.ends >= endsAllowed) {
        pending.delete(id);
        waiting.reject(closed ? cancelled() : keepsEnding(failure));
      } else running().postMessage(waiting.request, []);
    }
  }

  /** The thread keeps the process alive only while somebody waits for it. */
  function settled(id: number): void {
    pending.delete(id);
    if (pending.size === 0) worker?.unref();
  }

  return {
    ask<Name extends IndexCall>(name: Name, input: IndexCalls[Name]["input"], signal?: AbortSignal) {
      if (closed || signal?.aborted === true) return Promise.reject(cancelled());
      lastId += 1;
      const id = lastId;
      const request = { id, name, input } as Request;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      pending.set(id, { request, ends: 0, resolve, reject });
      const cancel = () => {
        settled(id);
        reject(cancelled());
      };
      signal?.addEventListener("abort", cancel, { once: true });
      const thread = running();
      thread.ref();
      thread.postMessage(request, []);
      return promise.finally(() => signal?.removeEventListener("abort", cancel)) as Promise<
        IndexCalls[Name]["output"]
      >;
    },
    state: () => state,
    onState(listener) {
      feed.on("state", listener);
      return () => feed.off("state", listener);
    },
    changed: () => setState({ ...state, generation: state.generation + 1 }),
    async close() {
      closed = true;
      const thread = worker;
      worker = null;
      for (const { reject } of pending.values()) reject(cancelled());
      pending.clear();
      if (thread === null) return;
      const gone = new Promise<void>((resolve) => thread.once("exit", () => resolve()));
      thread.ref();
      thread.postMessage("close", []);
      // It answers between two folders; SQLite bears the end of a thread that does not.
      const timer = setTimeout(() => void thread.terminate(), closeMs);
      await gone;
      clearTimeout(timer);
    },
  };
}

function cancelled(): TareError {
  return new TareError("CANCELLED", "Asking the library was cancelled.");
}

function keepsEnding(cause: unknown): TareError {
  const detail = cause instanceof Error ? cause.message : undefined;
  return new TareError(
    "INTERNAL",
    "The library's index ended in a way Tare did not foresee. Start Tare again; the campaigns themselves are untouched.",
    { cause, ...(detail === undefined ? {} : { detail }) },
  );
}
