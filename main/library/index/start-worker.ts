// The thread of the index: the source beside this file in a checkout, the file of the same name in what is built.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { IndexStart } from "./messages.ts";

export type StartWorker = (start: IndexStart) => Worker;

export function startIndexWorker(workerData: IndexStart): Worker {
  const name = `./index-worker${extname(import.meta.url)}`;
  return new Worker(new URL(name, import.meta.url), {
    name: "tare-library",
    workerData,
    // Versions of Node call SQLite experimental; the command line's output is Tare's own.
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
}
