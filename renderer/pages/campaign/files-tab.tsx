// What the tools printed, unmodified: the raw files of each run, and a viewer.
import { Anchor, NavLink, Select } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import type { Failure } from "#shared/model/error.ts";
import { api, rawUrl } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { shownBytes, useRawText } from "#renderer/api/raw-file.ts";
import { CopyButton } from "#renderer/components/copy-button.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { TextViewer } from "#renderer/components/text-viewer.tsx";
import { bytesText } from "#shared/report/number.ts";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import styles from "./files-tab.module.css";

/** Opens at `?run=<runId>&file=<path>`, so that any page can link to a run's raw output. */
export function FilesTab({ campaignId }: { readonly campaignId: string }) {
  const runs = useCampaign(campaignId, (view) => view.state.runs);
  const [search, setSearch] = useSearchParams();
  const runIds = useMemo(() => [...runs.keys()].sort(), [runs]);
  const runId = search.get("run") ?? runIds[0] ?? null;
  const status = runId === null ? undefined : runs.get(runId)?.status;
  const listing = useRunFiles(campaignId, runId, status);
  const path = search.get("file") ?? listing.files.find(isOutput)?.path ?? listing.files[0]?.path ?? null;

  if (runIds.length === 0)
    return <p className={styles.none}>No run has started, so there are no files yet.</p>;
  return (
    <div className={styles.tab}>
      <div className={styles.list}>
        <Select
          label="Run"
          data={runIds.map((id) => ({ value: id, label: `${id} (${runs.get(id)?.status ?? ""})` }))}
          value={runId}
          onChange={(id) => setSearch(id === null ? {} : { run: id })}
          searchable
          nothingFoundMessage="No run has this name."
        />
        {listing.failure === null ? null : <FailureNotice failure={listing.failure} />}
        <nav aria-label="Files of the run">
          {listing.files.map((file) => (
            <NavLink
              key={file.path}
              active={file.path === path}
              aria-current={file.path === path ? "true" : undefined}
              component="button"
              label={file.path.split("/").at(-1)}
              description={bytesText(file.sizeBytes)}
              leftSection={<IconFileText size={15} stroke={1.5} />}
              onClick={() => setSearch({ run: runId ?? "", file: file.path })}
            />
          ))}
        </nav>
        {listing.loaded && listing.files.length === 0 ? (
          <p className={styles.none}>This run has written nothing yet.</p>
        ) : null}
      </div>
      {path === null ? null : <Viewer campaignId={campaignId} path={path} />}
    </div>
  );
}

export function Viewer({ campaignId, path }: { readonly campaignId: string; readonly path: string }) {
  const { value, failure } = useRawText(campaignId, path);
  return (
    <div className={styles.viewer}>
      <div className={styles.head}>
        <code className={styles.path}>{path}</code>
        {value === null ? null : <CopyButton text={value.text} label="Copy the text" />}
        <Anchor underline="hover" className={styles.raw} href={rawUrl(campaignId, path)} download size="sm">
          Save the file
        </Anchor>
      </div>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {value === null ? null : value.text === "" ? (
        <p className={styles.none}>This file is empty.</p>
      ) : (
        <TextViewer text={value.text} label={path} />
      )}
      {value?.cut === true ? (
        <p className={styles.none}>
          The first {bytesText(shownBytes)} of {bytesText(value.sizeBytes)} are shown.
        </p>
      ) : null}
    </div>
  );
}

export const isOutput = ({ path }: { readonly path: string }) =>
  path.includes("measure") && path.includes("stdout");

interface Listing {
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[];
  readonly failure: Failure | null;
  readonly loaded: boolean;
}

const noFiles: Listing = { files: [], failure: null, loaded: false };

/** The files of a run, read again when its status changes. */
export function useRunFiles(campaignId: string, runId: string | null, status: string | undefined): Listing {
  const [listing, setListing] = useState<
    Listing & { readonly of: string | null; readonly status: string | undefined }
  >({ ...noFiles, of: null, status: undefined });
  useEffect(() => {
    if (runId === null) return;
    const controller = new AbortController();
    api.campaigns.files({ campaignId, runId }, { signal: controller.signal }).then(
      (files) => setListing({ files, failure: null, loaded: true, of: runId, status }),
      (error: unknown) => {
        if (!controller.signal.aborted)
          setListing({ files: [], failure: failureOf(error), loaded: true, of: runId, status });
      },
    );
    return () => controller.abort();
  }, [campaignId, runId, status]);
  return listing.of === runId ? listing : noFiles;
}
