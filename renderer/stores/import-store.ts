// Files on their way into the library, wherever in the window they were dropped.
import { create } from "zustand";
import type { Failure } from "#shared/model/error.ts";
import { sendFile, type Imported } from "#renderer/api/send-file.ts";
import { useLibrary } from "./core-stores.ts";

export interface ImportJob {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly imported: Imported | null;
  readonly failure: Failure | null;
}

interface ImportStore {
  /** Newest last; empty: nothing is shown. */
  readonly jobs: readonly ImportJob[];
  /** Sends one file after the other. */
  readonly start: (files: readonly File[]) => void;
  /** Cancels what is under way and shows nothing more. */
  readonly close: () => void;
}

let controller = new AbortController();
let queue: Promise<void> = Promise.resolve();

export const useImports = create<ImportStore>()((set) => {
  const change = (id: string, to: Partial<ImportJob>) =>
    set(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...to } : job)) }));

  const send = async (id: string, file: File, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    const sent = await sendFile(file, (sentBytes) => change(id, { sentBytes }), signal);
    if (sent.kind === "failed") change(id, { failure: sent.failure });
    else {
      change(id, { imported: sent.imported, sentBytes: file.size });
      await useLibrary.current().reload();
    }
  };

  return {
    jobs: [],
    start: (files) => {
      const { signal } = controller;
      for (const file of files) {
        const id = crypto.randomUUID();
        const known = /\.tare$/i.test(file.name);
        const job: ImportJob = {
          id,
          name: file.name,
          sizeBytes: file.size,
          sentBytes: 0,
          imported: null,
          failure: known ? null : notTare(file.name),
        };
        set(({ jobs }) => ({ jobs: [...jobs, job] }));
        if (known) queue = queue.then(() => send(id, file, signal));
      }
    },
    close: () => {
      controller.abort();
      controller = new AbortController();
      set({ jobs: [] });
    },
  };
});

function notTare(name: string): Failure {
  return {
    code: "INPUT_INVALID",
    message: `${name} is no .tare file, so nothing of it was read. A campaign travels as one .tare file: Export… in the library makes it.`,
  };
}
