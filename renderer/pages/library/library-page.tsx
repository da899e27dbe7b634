// All campaigns: find one, open it, or begin the first.
import { Button, MultiSelect, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { campaignStatusSchema } from "#shared/model/campaign-status.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { countText } from "#shared/report/number.ts";
import { useAppInfo } from "#renderer/stores/core-stores.ts";
import { useFreshLibrary } from "#renderer/stores/fresh-library.ts";
import { LibraryEmpty } from "./library-empty.tsx";
import { LibraryTable } from "./library-table.tsx";
import styles from "./library-page.module.css";

export function LibraryPage() {
  const library = useFreshLibrary();
  const info = useAppInfo();
  const [text, setText] = useState("");
  const [statuses, setStatuses] = useState<string[]>([]);
  const campaigns = library.value?.campaigns;
  const damaged = (campaigns ?? []).flatMap(({ damage }) => damage ?? []);
  const shown = useMemo(
    () => (campaigns ?? []).filter((entry) => matches(entry, text, statuses)),
    [campaigns, text, statuses],
  );
  const empty = campaigns?.every(({ origin }) => origin === "paper") ?? false;

  return (
    <Page
      title="Library"
      subtitle={<Summary campaigns={campaigns} folder={info.value?.dataFolder} />}
      fixed={!empty}
      actions={
        <Button component={Link} href="/new" leftSection={<IconPlus size={14} />}>
          New campaign
        </Button>
      }
    >
      {library.failure === null ? null : (
        <div className={styles.notices}>
          <FailureNotice
            failure={library.failure}
            actions={
              <Button variant="default" onClick={() => void library.reload()}>
                Read again
              </Button>
            }
          />
        </div>
      )}
      {damaged.length === 0 ? null : (
        <div className={styles.notices}>
          {damaged.map((failure) => (
            <FailureNotice key={failure.message} failure={failure} />
          ))}
        </div>
      )}
      {empty ? <LibraryEmpty demo={info.value?.demo ?? null} /> : null}
      {campaigns === undefined || empty ? null : (
        <>
          <div className={styles.tools}>
            <TextInput
              className={styles.search}
              aria-label="Filter by name, lab, environment or workload"
              placeholder="Filter by name, lab, environment or workload"
              leftSection={<IconSearch size={14} stroke={1.6} />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <MultiSelect
              className={styles.status}
              aria-label="Filter by status"
              placeholder={statuses.length === 0 ? "Any status" : ""}
              data={[...campaignStatusSchema.options]}
              value={statuses}
              onChange={setStatuses}
              clearable
            />
            <output className={styles.count}>
              {shown.length === campaigns.length ? "" : `${shown.length} of ${campaigns.length} shown`}
            </output>
          </div>
          <LibraryTable campaigns={shown} />
        </>
      )}
    </Page>
  );
}

interface SummaryProps {
  readonly campaigns: readonly CampaignEntry[] | undefined;
  readonly folder: string | undefined;
}

function Summary({ campaigns, folder }: SummaryProps) {
  return (
    <>
      {campaigns === undefined ? null : <span>{countText(campaigns.length, "campaign")}</span>}
      {folder === undefined ? null : <code>{folder}</code>}
    </>
  );
}

function matches(entry: CampaignEntry, text: string, statuses: readonly string[]): boolean {
  if (statuses.length > 0 && !statuses.includes(entry.status)) return false;
  const haystack = [entry.name, entry.lab, ...entry.environments, ...entry.workloads].join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
