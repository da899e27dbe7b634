// Both hosts' controller locks, for as long as a campaign works on them.
import { acquireLock } from "#main/ssh/lock.ts";
import { type Failure, type TareError, toFailure } from "#shared/model/error.ts";
import { hostsOf, type Stage } from "./stage.ts";

/** Throws HOST_BUSY, naming who measures there. `onLost`: another controller has taken over. A lock that cannot be given back ends by itself. */
export async function withLocks(
  stage: Stage,
  onLost: (error: TareError) => void,
  work: () => Promise<Failure | null>,
): Promise<Failure | null> {
  const releases: (() => Promise<void>)[] = [];
  const { id, name } = stage.campaign;
  try {
    for (const machine of hostsOf(stage)) {
      // Held to the end of putting back, so not ended by a cancel.
      const options = { token: id, label: name, signal: stage.cleanupSignal, onLost };
      releases.push(await acquireLock(machine, options));
    }
    return await work();
  } finally {
    for (const outcome of await Promise.allSettled(releases.map((release) => release())))
      if (outcome.status === "rejected") await remark(stage, outcome.reason);
  }
}

async function remark({ recorder }: Stage, error: unknown): Promise<void> {
  const text = `A host's lock was not given back; it ends by itself within a minute. ${toFailure(error).message}`;
  await recorder.recordIfPossible({ type: "remark", text });
}
