// All campaigns, the paper's data among them: find one, write about it, open it, give it away, remove it.
import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { Suspense, useMemo, useState } from "react";
import { Link } from "wouter";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { countText } from "#shared/report/number.ts";
import { attempt } from "#renderer/components/attempt.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { ImportButton } from "#renderer/components/import-button.tsx";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { undoLast } from "#renderer/components/notify-undo.tsx";
import { Page } from "#renderer/components/page.tsx";
import { useAppInfo } from "#renderer/stores/core-stores.ts";
import { useFreshLibrary } from "#renderer/stores/fresh-library.ts";
import { entryOf, remove } from "#renderer/stores/library-actions.ts";
import { DiskLine, IndexLine } from "./disk-line.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { LibraryEmpty } from "./library-empty.tsx";
import { filterChoices } from "./library-filters.ts";
import { LibraryTable } from "./library-table.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useLibraryView, type LibraryView } from "./use-library-view.ts";
import styles from "./library-page.module.css";

const DetailPanel = lazyPage(async () => (await import("./detail-panel.tsx")).DetailPanel);
const BinView = lazyPage(async () => (await import("./bin-view.tsx")).BinView);

export function LibraryPage() {
  const library = useFreshLibrary();
  const info = useAppInfo();
  const { value, index } = library;
  const view = useLibraryView(value?.campaigns, value?.index.generation ?? 0);
  useHotkeys([["mod+Z", () => void undoLast()]]);
  const readAgain = { label: "Read again", act: () => void library.reload() };
  const failures = [
    { of: "library", failure: library.failure, ...readAgain },
    { of: "changes", failure: library.deaf, ...readAgain },
    { of: "search", failure: view.failure, label: "Search again", act: view.searchAgain },
  ];
  const { bin } = view;

  return (
    <Page
      title={bin ? "Bin" : "Library"}
      subtitle={<Summary campaigns={value?.campaigns} folder={info.value?.dataFolder} />}
      fixed
      actions={
        <>
          <ImportButton />
          <Button component={Link} href="/new" leftSection={<IconPlus size={14} />}>
            New campaign
          </Button>
        </>
      }
    >
      {failures.every(({ failure }) => failure === null) ? null : (
        <div className={styles.notices}>
          {failures.map(({ of, failure, label, act }) =>
            failure === null ? null : (
              <FailureNotice
                key={of}
                failure={failure}
                actions={
                  <Button variant="default" onClick={act}>
                    {label}
                  </Button>
                }
              />
            ),
          )}
        </div>
      )}
      {value === null ? (
        library.failure === null ? (
          <p role="status">Reading the library…</p>
        ) : null
      ) : (
        <>
          <IndexLine index={index} />
          {bin ? (
            <Suspense>
              <BinView removed={value.removed} />
            </Suspense>
          ) : (
            <Campaigns
              campaigns={value.campaigns}
              view={view}
              settled={index?.building !== true}
              demo={info.value?.demo ?? null}
            />
          )}
          <DiskLine disk={value.disk} removed={value.removed} bin={bin} onBin={view.setBin} />
        </>
      )}
    </Page>
  );
}

interface CampaignsProps {
  readonly campaigns: readonly CampaignEntry[];
  readonly view: LibraryView;
  /** The index is complete: what is not in the list is not in the library. */
  readonly settled: boolean;
  readonly demo: { readonly available: boolean; readonly reason: string } | null;
}

function Campaigns({ campaigns, view, settled, demo }: CampaignsProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { shown, detail, setDetail } = view;
  const chosen = useMemo(() => campaigns.filter(({ id }) => selected.has(id)), [campaigns, selected]);
  const hidden = useMemo(() => {
    const ids = new Set(shown.map(({ id }) => id));
    return chosen.filter(({ id }) => !ids.has(id)).length;
  }, [shown, chosen]);
  const knownTags = useMemo(() => filterChoices(campaigns, "tag"), [campaigns]);
  const detailed = detail === null ? undefined : campaigns.find(({ id }) => id === detail);
  const none = settled && campaigns.every(({ origin }) => origin === "paper");
  const [onDetails, onRemove] = useMemo(
    () => [(id: string) => setDetail(id), (id: string) => removeOne(id)],
    // The address is written through a function that does not change with it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [],
  );

  return (
    <>
      {none && shown.length > 0 ? null : <FilterBar campaigns={campaigns} view={view} />}
      <div className={styles.split}>
        <div className={styles.list}>
          {shown.length === 0 ? (
            <EmptyState
              title="No campaign matches"
              actions={
                <Button variant="default" onClick={view.clear}>
                  Clear search and filters
                </Button>
              }
            >
              <p>
                None of the {countText(campaigns.length, "entry", "entries")} of the library has all that is
                asked for.
                {campaigns.some(({ archived }) => archived) && view.filters.archived === "hide"
                  ? " Archived ones are left out."
                  : ""}
              </p>
            </EmptyState>
          ) : (
            <LibraryTable
              campaigns={shown}
              sort={view.sort}
              onSort={view.setSort}
              pinPaper={!view.searching}
              selection={{ selected, onChange: setSelected }}
              current={detailed?.id ?? null}
              onDetails={onDetails}
              onRemove={onRemove}
            />
          )}
          {none ? <LibraryEmpty demo={demo} /> : null}
        </div>
        {detailed === undefined ? null : (
          <Suspense>
            <DetailPanel
              key={detailed.id}
              entry={detailed}
              knownTags={knownTags}
              onClose={() => {
                setDetail(null);
                focusRow(detailed.id);
              }}
            />
          </Suspense>
        )}
      </div>
      {chosen.length === 0 ? null : (
        <SelectionBar
          selected={chosen}
          hidden={hidden}
          knownTags={knownTags}
          onClear={() => setSelected(new Set())}
        />
      )}
    </>
  );
}

function removeOne(id: string): void {
  const entry = entryOf(id);
  if (entry === null || entry.origin === "paper") return;
  void attempt(`“${entry.name}” was not removed`, () => remove([entry]));
}

/** The keyboard goes on where the details were asked for. */
function focusRow(id: string): void {
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a`)?.focus();
}

interface SummaryProps {
  readonly campaigns: readonly CampaignEntry[] | undefined;
  readonly folder: string | undefined;
}

function Summary({ campaigns, folder }: SummaryProps) {
  const own = campaigns?.filter(({ origin }) => origin !== "paper").length;
  return (
    <>
      {own === undefined ? null : <span>{countText(own, "campaign")} and the paper</span>}
      {folder === undefined ? null : <code>{folder}</code>}
    </>
  );
}
