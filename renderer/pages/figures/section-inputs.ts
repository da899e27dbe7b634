// What one figure or table is drawn from: datasets that were read for all of them, or those that it reads itself.
import { useMemo } from "react";
import type { OverlayInputs } from "#shared/figures/overlay.ts";
import type { Subject } from "#shared/model/dataset.ts";
import type { Failure } from "#shared/model/error.ts";
import { subjectsPiece, useDatasetParts, useDistributionParts } from "./figure-data.ts";
import { mayHave } from "./figure-groups.ts";
import type { KnownCampaign } from "./library-campaigns.ts";

/** What all sections of the page share. */
export interface SectionData {
  readonly campaigns: readonly { readonly id: string; readonly version: string }[];
  /** Datasets of all campaigns where `whole`; of none otherwise. */
  readonly inputs: OverlayInputs;
  readonly whole: boolean;
  readonly known: ReadonlyMap<string, KnownCampaign>;
  readonly loading: boolean;
}

interface SectionInputs {
  readonly inputs: OverlayInputs;
  readonly failures: ReadonlyMap<string, Failure>;
  /** Runs whose output could not be read, and why. */
  readonly unreadable: readonly string[];
  readonly loading: boolean;
  readonly retry: () => void;
}

/** Of a figure or a table: what it reads, and whether that has distributions. */
interface Needs {
  readonly subjects: readonly Subject[] | null;
  readonly distributions?: boolean;
}

/** The campaigns' data as far as a figure or a table needs them. */
export function useSectionInputs(
  needs: Needs,
  { campaigns, inputs, whole, known, loading }: SectionData,
): SectionInputs {
  const { subjects, distributions = false } = needs;
  const having = useMemo(
    () => campaigns.filter(({ id }) => mayHave({ subjects }, known.get(id))),
    [campaigns, subjects, known],
  );
  // Of all, also where some have nothing to show here: their places give them their letters.
  const own = useDatasetParts({ campaigns: whole ? [] : campaigns, what: subjectsPiece(subjects) });
  const spread = useDistributionParts({
    campaigns: distributions && subjects !== null ? having : [],
    what: subjectsPiece(subjects),
  });
  const made = useMemo(
    (): OverlayInputs => ({
      ...inputs,
      datasets: whole ? inputs.datasets : campaigns.flatMap(({ id }) => own.values.get(id) ?? []),
      distributions: new Map([...spread.values].map(([id, each]) => [id, each.distributions] as const)),
    }),
    [inputs, whole, campaigns, own.values, spread.values],
  );
  const failures = useMemo(
    () => new Map([...own.failures, ...spread.failures]),
    [own.failures, spread.failures],
  );
  const unreadable = [...spread.values].flatMap(([id, each]) =>
    each.unreadable.map(({ runId, reason }) => `${runId} of ${known.get(id)?.name ?? id} (${reason})`),
  );
  return {
    inputs: made,
    failures,
    unreadable,
    loading: (whole && loading) || own.loading || spread.loading,
    retry: () => {
      own.retry();
      spread.retry();
    },
  };
}
