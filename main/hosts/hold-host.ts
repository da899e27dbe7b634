// A host that is held for changing it by hand: connected, and nobody measures there meanwhile.
import { randomBytes } from "node:crypto";
import type { Core } from "../core.ts";
import { connectForLife } from "../campaign/connect-for-life.ts";
import { acquireLock } from "../ssh/lock.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";
import type { RemoteMachine } from "./machine.ts";

export interface HeldHost {
  readonly machine: RemoteMachine;
  /** Outlives the wish to go on: a change that was begun is brought to an end. */
  readonly signal: AbortSignal;
  /** Gives the lock back and closes the connection. */
  release(): Promise<void>;
}

/** `signal` ends the connecting only. Throws HOST_BUSY, naming who measures there, and the TareErrors of connecting. */
export async function holdHost(
  core: Pick<Core, "connect">,
  lab: Lab,
  role: HostRole,
  signal: AbortSignal,
): Promise<HeldHost> {
  const life = new AbortController();
  const machine = await connectForLife(signal, life.signal, (until) => core.connect(lab, role, until));
  try {
    const token = `by-hand-${randomBytes(6).toString("hex")}`;
    const label = "changes by hand";
    const unlock = await acquireLock(machine, { token, label, signal: life.signal });
    return {
      machine,
      signal: life.signal,
      async release() {
        try {
          await unlock();
        } finally {
          await machine.close();
          life.abort();
        }
      },
    };
  } catch (error) {
    await machine.close();
    life.abort();
    throw error;
  }
}
