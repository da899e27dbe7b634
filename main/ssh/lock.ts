// The controller lock: one controller measures on a host. A lease on the host, renewed while it is held.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { TareError } from "#shared/model/error.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { lastLines } from "./endings.ts";

const renewMs = 10_000;

export interface LockOptions {
  /** Id of the campaign; the same one takes its lease over after a crash. Its jobs are named `<token>/…`. */
  readonly token: string;
  /** What another controller is told: campaign and machine that runs it. */
  readonly label: string;
  readonly signal: AbortSignal;
  /** Another controller has taken the lease over, with the same token or because this one was silent for too long. */
  readonly onLost?: (error: TareError) => void;
}

/** Throws HOST_BUSY, naming who measures and since when. Returns what gives the lease back. */
export async function acquireLock(
  machine: RemoteMachine,
  options: LockOptions,
): Promise<() => Promise<void>> {
  const { token, signal } = options;
  const script = await machine.script("lock.sh", signal);
  const holder = randomUUID();
  const label = options.label.replaceAll(/\p{Cc}+/gu, " ").slice(0, 200);
  const act = (argv: readonly string[], until: AbortSignal) =>
    machine.run({ argv: ["sh", script, ...argv], root: true }, { signal: until, idempotent: true });

  const acquired = await act(["acquire", token, holder, label], signal);
  if (acquired.status === 3) throw busy(machine.name, acquired.stdout);
  if (acquired.status !== 0) throw failed(machine.name, acquired.stderr);

  const stopping = new AbortController();
  const renewing = renewUntilStopped();

  async function renewUntilStopped(): Promise<void> {
    const until = AbortSignal.any([signal, stopping.signal]);
    for (;;) {
      await sleep(renewMs, undefined, { signal: until });
      const renewed = await act(["renew", holder], until);
      if (renewed.status === 4) {
        options.onLost?.(
          new TareError("HOST_BUSY", `Another controller has taken over the measuring on ${machine.name}.`, {
            host: machine.name,
          }),
        );
        return;
      }
    }
  }

  // The renewal ends by an abort, or by a link that cannot be made again, which the campaign meets by itself.
  const ended = renewing.catch(() => undefined);

  return async () => {
    stopping.abort();
    await ended;
    // Given back also when the campaign itself was cancelled.
    const released = await act(["release", holder], AbortSignal.timeout(30_000));
    if (released.status !== 0) throw failed(machine.name, released.stderr);
  };
}

/** Who measures on the host now, as a HOST_BUSY error; null when nobody does. */
export async function lockHolder(machine: RemoteMachine, signal: AbortSignal): Promise<TareError | null> {
  const script = await machine.script("lock.sh", signal);
  const command = { argv: ["sh", script, "peek"], root: true };
  const { status, stdout, stderr } = await machine.run(command, { signal, idempotent: true });
  if (status !== 0) throw failed(machine.name, stderr);
  return stdout === "" ? null : busy(machine.name, stdout);
}

function busy(name: string, printed: string): TareError {
  const [label = "", since = "0"] = printed.trim().split("\n");
  const time = new Date(Number(since) * 1000).toISOString();
  return new TareError(
    "HOST_BUSY",
    `On ${name}, "${label}" measures since ${time}. Wait for its end, or cancel it.`,
    {
      host: name,
    },
  );
}

function failed(name: string, stderr: string): TareError {
  return new TareError("TOOL_FAILED", `The controller lock on ${name} failed: ${lastLines(stderr)}`, {
    host: name,
  });
}
