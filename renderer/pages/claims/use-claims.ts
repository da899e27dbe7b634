// The claims as the core judges them on one campaign; asked for anew when the labelling changes.
import { useEffect, useState } from "react";
import type { ClaimJudgement, Labelling } from "#shared/model/claim.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { useConnection } from "#renderer/stores/connection-store.ts";

export interface ClaimsView {
  /** What was judged last; stays while it is judged again. */
  readonly value: readonly ClaimJudgement[] | null;
  readonly failure: Failure | null;
  readonly retry: () => void;
}

export function useClaims(campaignId: string, labelling: Labelling): ClaimsView {
  const generation = useConnection((state) => state.generation);
  const [tries, setTries] = useState(0);
  const [value, setValue] = useState<readonly ClaimJudgement[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = generation === 0 ? null : `${generation} ${tries}`;
  useEffect(() => {
    if (turn === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    api.library
      .claims({ campaignId, labelling }, { signal })
      .then((judged) => {
        if (signal.aborted) return;
        setValue(judged);
        setFailure(null);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setFailure(failureOf(error));
      });
    return () => controller.abort();
  }, [campaignId, labelling, turn]);
  return { value, failure, retry: () => setTries((before) => before + 1) };
}
