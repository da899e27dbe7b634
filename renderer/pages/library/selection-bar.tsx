// What can be done with the campaigns that are selected.
import { Button } from "@mantine/core";
import {
  IconArchive,
  IconArrowsDiff,
  IconChartBar,
  IconFileExport,
  IconTag,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { Link } from "wouter";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { countText } from "#shared/report/number.ts";
import { attempt } from "#renderer/components/attempt.ts";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { mostCompared } from "#renderer/pages/compare/compare-state.ts";
import { mostCampaigns } from "#renderer/pages/figures/figures-state.ts";
import { archive, remove } from "#renderer/stores/library-actions.ts";
import styles from "./selection-bar.module.css";

const TagDialog = lazyPage(async () => (await import("./tag-dialog.tsx")).TagDialog);
const ExportDialog = lazyPage(async () => (await import("./export-dialog.tsx")).ExportDialog);

interface SelectionBarProps {
  readonly selected: readonly CampaignEntry[];
  /** How many of them the filters hide. */
  readonly hidden: number;
  readonly knownTags: readonly string[];
  readonly onClear: () => void;
}

export function SelectionBar({ selected, hidden, knownTags, onClear }: SelectionBarProps) {
  const [dialog, setDialog] = useState<"tags" | "export" | null>(null);
  const own = selected.filter(({ origin }) => origin !== "paper");
  const toArchive = selected.some(({ archived }) => !archived);
  const query = `campaigns=${selected.map(({ id }) => encodeURIComponent(id)).join(",")}`;
  const close = () => setDialog(null);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected campaigns">
      <output className={styles.count}>
        {selected.length} selected{hidden === 0 ? "" : `, ${hidden} of them not shown`}
      </output>
      <Button component={Link} href={`/figures?${query}`} leftSection={<IconChartBar size={14} />}>
        Figures
      </Button>
      <Button
        {...(selected.length < 2
          ? { disabled: true, title: "Select two or more campaigns to compare them" }
          : { component: Link, href: `/compare?${query}` })}
        variant="default"
        leftSection={<IconArrowsDiff size={14} />}
      >
        Compare
      </Button>
      <Button variant="default" leftSection={<IconTag size={14} />} onClick={() => setDialog("tags")}>
        Tag…
      </Button>
      <Button
        variant="default"
        leftSection={<IconArchive size={14} />}
        onClick={() =>
          void attempt(toArchive ? "Not everything was archived" : "Not everything left the archive", () =>
            archive(selected, toArchive),
          )
        }
      >
        {toArchive ? "Archive" : "Take out of the archive"}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileExport size={14} />}
        onClick={() => setDialog("export")}
      >
        Export…
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={14} />}
        disabled={own.length === 0}
        title={own.length === 0 ? "The paper's data stay in every library" : undefined}
        onClick={() => void attempt("Not everything was removed", () => remove(own))}
      >
        Remove
      </Button>
      <Button variant="subtle" leftSection={<IconX size={14} />} onClick={onClear}>
        Clear
      </Button>
      {own.length === selected.length || own.length === 0 ? null : (
        <span className={styles.remark}>
          Remove takes {countText(own.length, "campaign")}: the paper's data stay.
        </span>
      )}
      {selected.length > mostCompared ? (
        <span className={styles.remark}>
          Compare takes the first {mostCompared} of them
          {selected.length > mostCampaigns ? `, Figures the first ${mostCampaigns}` : ""}.
        </span>
      ) : null}
      <Suspense>
        {dialog === "tags" ? (
          <TagDialog entries={selected} knownTags={knownTags} onClose={close} />
        ) : dialog === "export" ? (
          <ExportDialog entries={selected} onClose={close} />
        ) : null}
      </Suspense>
    </div>
  );
}
