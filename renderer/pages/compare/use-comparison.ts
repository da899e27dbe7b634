// The comparison of campaigns as the core makes it; asked for anew when the choice changes, dropped when it is left.
import { useEffect, useState } from "react";
import type { Comparison, Correction } from "#shared/model/comparison.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { useConnection } from "#renderer/stores/connection-store.ts";

interface Asked {
  /** What it answers. */
  readonly key: string;
  /** The campaigns of it. */
  readonly ids: string;
  readonly value: Comparison | null;
  readonly failure: Failure | null;
}

export interface ComparisonView {
  readonly value: Comparison | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  readonly retry: () => void;
}

export function useComparison(campaigns: readonly string[], correction: Correction): ComparisonView {
  const generation = useConnection((state) => state.generation);
  const [tries, setTries] = useState(0);
  const [asked, setAsked] = useState<Asked | null>(null);
  const ids = campaigns.join(",");
  const key = campaigns.length < 2 ? "" : `${ids} ${correction} ${tries} ${generation}`;
  useEffect(() => {
    if (key === "" || generation === 0) return;
    const controller = new AbortController();
    const { signal } = controller;
    api.library
      .compare({ campaignIds: ids.split(","), correction }, { signal })
      .then((value) => {
        if (!signal.aborted) setAsked({ key, ids, value, failure: null });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setAsked({ key, ids, value: null, failure: failureOf(error) });
      });
    return () => controller.abort();
  }, [key, ids, correction, generation]);
  const current = asked?.key === key ? asked : null;
  return {
    // While the same campaigns are compared by another correction the last answer stays, and with it the focus.
    value: campaigns.length > 1 && asked?.ids === ids ? asked.value : null,
    failure: current?.failure ?? null,
    loading: key !== "" && current === null,
    retry: () => setTries((before) => before + 1),
  };
}
