// A host that is held for changing it by hand: connected, and nobody measures there meanwhile.
import { randomBytes } from "node:crypto";
import type { Core } from "../core.ts";
import { connectForLife } from "../campaign/connect-for-life.ts";
import { acquireLock, type LockOptions } from "../ssh/lock.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";
import type { RemoteMachine } from "./machine.ts";

export interface HeldHost {
  readonly machine: RemoteMachine;
  /** Outlives the wish to go on: a change that was begun is brought to an end. */
  readonly signal: AbortSignal;
  /** Takes the host's controller lock. `stopped`: campaigns of this library that no process runs any more. Throws HOST_BUSY, naming who measures there. */
  lock(stopped: readonly string[]): Promise<void>;
  /** Throws HOST_BUSY where another controller took the lock over, after the link was silent for too long. */
  ensureHeld(): void;
  /** Gives the lock back and closes the connection. */
  release(): Promise<void>;
}

/** `signal` ends the connecting only. Throws the TareErrors of connecting. */
export async function holdHost(
  core: Pick<Core, "connect">,
  lab: Lab,
  role: HostRole,
  signal: AbortSignal,
): Promise<HeldHost> {
  const life = new AbortController();
  const machine = await connectForLife(signal, life.signal, (until) => core.connect(lab, role, until));
  let unlock: (() => Promise<void>) | undefined;
  let lost: TareError | undefined;
  return {
    machine,
    signal: life.signal,
    async lock(stopped) {
      const onLost = (error: TareError) => void (lost = error);
      unlock = await lockHost(machine, stopped, { label, signal: life.signal, onLost });
    },
    ensureHeld() {
      if (lost !== undefined) throw lost;
    },
    async release() {
      try {
        await unlock?.();
      } finally {
        await machine.close();
        life.abort();
      }
    },
  };
}

const label = "changes by hand";

type Locking = Omit<LockOptions, "token">;

async function lockHost(
  machine: RemoteMachine,
  stopped: readonly string[],
  how: Locking,
): Promise<() => Promise<void>> {
  try {
    const token = `by-hand-${randomBytes(6).toString("hex")}`;
    return await acquireLock(machine, { ...how, token });
  } catch (error) {
    for (const campaignId of stopped) {
      const unlock = await takeOver(machine, campaignId, how);
      if (unlock !== null) return unlock;
    }
    throw error;
  }
}

/** The lease of a campaign whose process ended without giving it back; null where somebody else holds it. What of it still serves or samples is ended. */
async function takeOver(
  machine: RemoteMachine,
  campaignId: string,
  how: Locking,
): Promise<(() => Promise<void>) | null> {
  const { signal } = how;
  const ids = await machine.jobs.list(`${campaignId}/`, signal);
  const running: string[] = [];
  for (const id of ids) if ((await machine.jobs.state(id, signal)) === "running") running.push(id);
  if (running.some((id) => /\.measure\.\d+$/.test(id)))
    throw new TareError(
      "HOST_BUSY",
      `On ${machine.name}, a program of the campaign ${campaignId} still measures. Resume the campaign: it takes the result in and undoes everything.`,
      { host: machine.name },
    );
  try {
    const unlock = await acquireLock(machine, { ...how, token: campaignId });
    for (const id of running) await machine.jobs.cancel(id, signal);
    return unlock;
  } catch (error) {
    if (toFailure(error).code === "HOST_BUSY") return null;
    throw error;
  }
}
