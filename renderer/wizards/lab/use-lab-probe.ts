// The stored facts of a lab, and a way to probe both hosts now; shared by all steps of the wizard.
import { useEffect, useState } from "react";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface LabProbing {
  /** Null until the stored facts are here; its members are null where a host was never probed. */
  readonly facts: LabFacts | null;
  readonly failure: Failure | null;
  readonly probing: boolean;
  readonly probe: () => Promise<void>;
  /** Facts that came another way, after a mend. */
  readonly take: (facts: LabFacts) => void;
}

/** `labId`: null for a lab that is not stored. `save` stores what is in the form first; false: it could not be stored. */
export function useLabProbe(labId: string | null, save: () => Promise<boolean>): LabProbing {
  const [facts, setFacts] = useState<LabFacts | null>(labId === null ? { sut: null, loadgen: null } : null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [probing, setProbing] = useState(false);

  useEffect(() => {
    if (labId === null) return undefined;
    const controller = new AbortController();
    api.labs.facts({ labId }, { signal: controller.signal }).then(setFacts, (error: unknown) => {
      if (!controller.signal.aborted) setFailure(failureOf(error));
    });
    return () => controller.abort();
  }, [labId]);

  const probe = async (): Promise<void> => {
    if (labId === null || !(await save())) return;
    setProbing(true);
    setFailure(null);
    try {
      setFacts(await api.labs.probe({ labId }));
    } catch (error) {
      setFailure(failureOf(error));
    }
    setProbing(false);
  };
  return { facts, failure, probing, probe, take: setFacts };
}
