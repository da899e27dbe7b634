// How far ratios scattered in the lab's past campaigns.
import { useEffect, useState } from "react";
import type { Failure } from "#shared/model/error.ts";
import type { LabNoise } from "#shared/model/noise.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface FoundNoise {
  /** Null until it is known, and where it cannot be. */
  readonly noise: LabNoise | null;
  readonly failure: Failure | null;
}

const unknown: FoundNoise = { noise: null, failure: null };

export function useLabNoise(labId: string): FoundNoise {
  const [found, setFound] = useState<FoundNoise & { readonly labId: string }>({ ...unknown, labId });
  useEffect(() => {
    if (labId === "") return undefined;
    const controller = new AbortController();
    api.campaigns.noise({ labId }, { signal: controller.signal }).then(
      (noise) => setFound({ labId, noise, failure: null }),
      (error: unknown) => {
        if (!controller.signal.aborted) setFound({ labId, noise: null, failure: failureOf(error) });
      },
    );
    return () => controller.abort();
  }, [labId]);
  return found.labId === labId ? found : unknown;
}
