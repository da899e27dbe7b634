// What the machines were, before and after the campaign and inside each environment.
import { Select } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { Failure } from "#shared/model/error.ts";
import { factsSchema, type Facts } from "#shared/model/facts.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { fetchRawText } from "#renderer/api/raw-file.ts";
import { FactsView, type FactColumn } from "#renderer/components/facts-view.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import styles from "./facts-tab.module.css";

type FactFile = CampaignState["factFiles"][number];

export function FactsTab({ campaignId }: { readonly campaignId: string }) {
  const files = useCampaign(campaignId, (view) => view.state.factFiles);
  const subjects = useMemo(() => bySubject(files), [files]);
  const [chosen, setChosen] = useState<string | null>(null);
  const subject = chosen ?? [...subjects.keys()][0] ?? null;
  const wanted = useMemo(() => (subject === null ? [] : (subjects.get(subject) ?? [])), [subject, subjects]);
  const { columns, failure } = useFactFiles(campaignId, wanted);

  if (subject === null)
    return <p className={styles.none}>The machines have not been probed for this campaign yet.</p>;
  return (
    <div className={styles.tab}>
      <Select
        className={styles.subject}
        label="Machine"
        data={[...subjects.keys()]}
        value={subject}
        onChange={setChosen}
      />
      {failure === null ? null : <FailureNotice failure={failure} />}
      {columns.length === 0 ? null : <FactsView columns={columns} compare={columns.length > 1} />}
    </div>
  );
}

/** Files that show the same machine at different moments, so that they can stand side by side. */
function bySubject(files: readonly FactFile[]): ReadonlyMap<string, readonly FactFile[]> {
  const subjects = new Map<string, FactFile[]>();
  for (const file of files) {
    const subject = file.moment === "environment" ? environmentSubject(file) : file.machine;
    const others = (subjects.get(subject) ?? []).filter(({ moment, file: path }) =>
      file.moment === "environment" ? path !== file.file : moment !== file.moment,
    );
    // Of several probes of a container or guest the last one is shown.
    subjects.set(subject, file.moment === "environment" ? [file] : [...others, file]);
  }
  return subjects;
}

function environmentSubject({ machine, container, slot }: FactFile): string {
  const inside = container === null ? machine : "container";
  return slot === null ? inside : `${inside}, ${slot}`;
}

const momentTitles = { before: "Before", after: "After", environment: "As it ran" } as const;

interface FactFilesRead {
  readonly columns: readonly FactColumn[];
  readonly failure: Failure | null;
}

function useFactFiles(campaignId: string, files: readonly FactFile[]): FactFilesRead {
  const [read, setRead] = useState<FactFilesRead>({ columns: [], failure: null });
  useEffect(() => {
    const controller = new AbortController();
    Promise.all(
      files.map(async ({ file, moment }) => ({
        title: momentTitles[moment],
        facts: await readFacts(campaignId, file, controller.signal),
      })),
    ).then(
      (columns) => setRead({ columns, failure: null }),
      (error: unknown) => {
        if (!controller.signal.aborted) setRead({ columns: [], failure: failureOf(error) });
      },
    );
    return () => controller.abort();
  }, [campaignId, files]);
  return read;
}

async function readFacts(campaignId: string, file: string, signal: AbortSignal): Promise<Facts> {
  const { text } = await fetchRawText(campaignId, file.startsWith("facts/") ? file : `facts/${file}`, signal);
  return factsSchema.parse(JSON.parse(text));
}
