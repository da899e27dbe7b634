// Entry of the index's thread: requests come in as messages, answers and the state of the reading go out.
import { parentPort, workerData } from "node:worker_threads";
import { toFailure } from "#shared/model/error.ts";
import { createIndexEngine } from "./index-engine.ts";
import type { IndexStart, Report, Request } from "./messages.ts";

const port = parentPort;
if (port === null) throw new Error("This file is a thread of Tare's core.");

const tell = (report: Report, transfer: ArrayBuffer[] = []) => port.postMessage(report, transfer);
const engine = createIndexEngine(workerData as IndexStart, tell);

port.on("message", (request: Request | "close") => {
  if (request === "close") {
    engine.close();
    port.close();
    return;
  }
  const { id } = request;
  answer(request).then(
    // Millions of bytes change hands and are not copied.
    (value) =>
      tell({ kind: "answer", id, value }, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []),
    (error: unknown) => tell({ kind: "failure", id, failure: toFailure(error) }),
  );
});

async function answer({ name, input }: Request): Promise<unknown> {
  const call = engine[name] as (given: unknown) => Promise<unknown>;
  return call(input);
}
