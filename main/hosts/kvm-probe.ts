// Learns whether /dev/kvm is usable, by running a guest of some bytes on it: presence alone proves nothing.
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { Facts } from "#shared/model/facts.ts";
import { readKvmOutcome } from "#shared/facts/kvm-outcome.ts";
import { TareError } from "#shared/model/error.ts";

/** The guest needs some 0.1 s; a machine that is busy may take longer. */
const limitSeconds = 10;

/**
 * Whether a guest runs with this accelerator: `{ present, usable, reason }`, to be put into the facts as `kvm`.
 * KVM is tried with the host's CPU model, TCG (which always works, and so tests the probe itself) with `max`.
 * Needs root. Throws TareError TOOL_FAILED, OUTPUT_UNREADABLE, and what `run` throws.
 */
export async function probeKvm(
  machine: RemoteMachine,
  options: { signal: AbortSignal; accelerator?: "kvm" | "tcg" },
): Promise<Facts["kvm"]> {
  const accelerator = options.accelerator ?? "kvm";
  const model = accelerator === "kvm" ? "host" : "max";
  const script = await machine.script("kvm-probe.sh", options.signal);
  const result = await machine.run(
    { argv: ["sh", script, accelerator, model, String(limitSeconds)], root: true },
    { signal: options.signal, timeLimitSeconds: limitSeconds + 20 },
  );
  if (result.status === 0) return readKvmOutcome(result.stdout, { accelerator, model, limitSeconds });
  throw new TareError(
    "TOOL_FAILED",
    `${machine.name}: the probe of /dev/kvm ended with status ${result.status}. Check that /tmp is writable there.`,
    { host: machine.name, detail: result.stderr.split("\n").slice(-20).join("\n") },
  );
}
