// The stored facts of a lab's hosts, as they were last probed.
import { useEffect, useState } from "react";
import type { LabFacts } from "#shared/contract/labs.ts";
import { api } from "#renderer/api/client.ts";

const unknown: LabFacts = { sut: null, loadgen: null };

interface FoundFacts {
  readonly labId: string;
  readonly facts: LabFacts;
}

/**
 * Null members where a host was never probed; undefined until that is known. Without facts a form still works.
 * `known`: what was asked for just before, so that nothing is drawn without it meanwhile.
 */
export function useLabFacts(labId: string, known?: FoundFacts): LabFacts | undefined {
  const [found, setFound] = useState(known);
  useEffect(() => {
    const controller = new AbortController();
    api.labs.facts({ labId }, { signal: controller.signal }).then(
      (facts) => setFound({ labId, facts }),
      () => setFound({ labId, facts: unknown }),
    );
    return () => controller.abort();
  }, [labId]);
  return found?.labId === labId ? found.facts : undefined;
}
