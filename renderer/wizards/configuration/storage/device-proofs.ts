// What was found when a block device was looked at from this window, kept while the window is open: steps come and go.
import { create } from "zustand";
import type { DeviceProof } from "#shared/model/device-proof.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface ProofAttempt {
  /** Instant at which the answer came; null while it is awaited. */
  readonly at: string | null;
  /** Null while it is awaited, and where the SUT could not be asked. */
  readonly proof: DeviceProof | null;
  readonly failure: Failure | null;
}

interface DeviceProofs {
  readonly attempts: ReadonlyMap<string, ProofAttempt>;
  /** Asks the SUT now. Secrets and host keys are asked for on the way, as with every connection. */
  readonly prove: (labId: string, path: string) => Promise<void>;
}

const keyOf = (labId: string, path: string) => `${labId} ${path}`;

const useDeviceProofs = create<DeviceProofs>()((set) => {
  const keep = (key: string, attempt: ProofAttempt) =>
    set(({ attempts }) => ({ attempts: new Map([...attempts, [key, attempt]]) }));
  return {
    attempts: new Map(),
    prove: async (labId, path) => {
      const key = keyOf(labId, path);
      keep(key, { at: null, proof: null, failure: null });
      const now = () => new Date().toISOString();
      try {
        const proof = await api.labs.device({ labId, path });
        keep(key, { at: now(), proof, failure: null });
      } catch (error) {
        keep(key, { at: now(), proof: null, failure: failureOf(error) });
      }
    },
  };
});

/** Undefined where this device was not looked at yet. */
export function useDeviceProof(
  labId: string,
  path: string,
): { readonly attempt: ProofAttempt | undefined; readonly prove: () => void } {
  const attempt = useDeviceProofs(({ attempts }) => attempts.get(keyOf(labId, path)));
  const prove = useDeviceProofs((state) => state.prove);
  return { attempt, prove: () => void prove(labId, path) };
}
