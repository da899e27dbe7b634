// One campaign beside the list: what a person wrote about it, what is known of it, what can be done with it.
import { ActionIcon, Button, Group, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { bytesText, countText } from "#shared/report/number.ts";
import { attempt } from "#renderer/components/attempt.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { instantText } from "#renderer/format/instant.ts";
import { archive, remove } from "#renderer/stores/library-actions.ts";
import { DetailFields } from "./detail-fields.tsx";
import { originOf, originTitles } from "./library-filters.ts";
import styles from "./detail-panel.module.css";

const ExportDialog = lazyPage(async () => (await import("./export-dialog.tsx")).ExportDialog);

interface DetailPanelProps {
  readonly entry: CampaignEntry;
  readonly knownTags: readonly string[];
  readonly onClose: () => void;
}

export function DetailPanel({ entry, knownTags, onClose }: DetailPanelProps) {
  const [exporting, setExporting] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const paper = entry.origin === "paper";
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>("input:not([readonly])")?.focus();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The fields inside take the focus.
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={`About ${entry.name}`}
      onKeyDown={(event) => {
        // A dialog of the panel stands elsewhere and closes itself; a list that is open takes the key for itself.
        if (!event.currentTarget.contains(event.target as Node)) return;
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <div className={styles.head}>
        <Title order={2}>{entry.name}</Title>
        <ActionIcon aria-label="Close the details" onClick={onClose}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      {entry.damage === null ? null : <FailureNotice failure={entry.damage} />}
      <Group gap={6}>
        <Button component={Link} href={`/campaigns/${encodeURIComponent(entry.id)}`}>
          Open
        </Button>
        <Button variant="default" onClick={() => setExporting(true)}>
          Export…
        </Button>
        <Button
          variant="default"
          onClick={() =>
            void attempt(`“${entry.name}” was not changed`, () => archive([entry], !entry.archived))
          }
        >
          {entry.archived ? "Take out of the archive" : "Archive"}
        </Button>
        {paper ? null : (
          <Button
            variant="default"
            onClick={() => void attempt(`“${entry.name}” was not removed`, () => remove([entry]))}
          >
            Remove
          </Button>
        )}
      </Group>
      <DetailFields entry={entry} knownTags={knownTags} />
      <Facts entry={entry} />
      <Suspense>
        {exporting ? <ExportDialog entries={[entry]} onClose={() => setExporting(false)} /> : null}
      </Suspense>
    </aside>
  );
}

function Facts({ entry }: { readonly entry: CampaignEntry }) {
  const { runsDone, runsPlanned, runsFailed, blocks, importedAt } = entry;
  const paper = entry.origin === "paper";
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ["Id", <code key="id">{entry.id}</code>],
    ["Origin", originTitles[originOf(entry)]],
    [paper ? "Published" : "Created", paper ? entry.createdAt.slice(0, 10) : instantText(entry.createdAt)],
    ["Imported", importedAt === null ? "" : instantText(importedAt)],
    ["Status", paper ? "" : entry.status],
    [
      paper ? "Values" : "Runs",
      paper
        ? String(runsDone)
        : `${runsDone} of ${runsPlanned} done, ${runsFailed} failed${blocks === null ? "" : `, ${countText(blocks, "block")}`}`,
    ],
    ["Lab", entry.lab],
    ["Machines", entry.machines.join(", ")],
    ["Configurations", entry.configurations.join(" · ")],
    ["Workloads", entry.workloads.join(", ")],
    ["Size", bytesText(entry.sizeBytes)],
  ];
  return (
    <dl className={styles.facts}>
      {rows
        .filter(([, value]) => value !== "")
        .map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
