// The raw files of one run beside whatever page asks for them.
import { Drawer, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { FailureNotice } from "./failure-notice.tsx";
import { Viewer, isOutput, useRunFiles } from "#renderer/pages/campaign/files-tab.tsx";
import { bytesText } from "#shared/report/number.ts";
import styles from "./raw-drawer.module.css";

interface RawDrawerProps {
  readonly campaignId: string;
  /** Null: closed. */
  readonly runId: string | null;
  readonly onClose: () => void;
}

export function RawDrawer({ campaignId, runId, onClose }: RawDrawerProps) {
  return (
    <Drawer
      opened={runId !== null}
      onClose={onClose}
      title={<span className="mono">{runId}</span>}
      position="right"
      size="min(880px, 94vw)"
      transitionProps={{ duration: 0 }}
      classNames={{ content: styles.content, body: styles.body }}
    >
      {runId === null ? null : <RawFiles key={runId} campaignId={campaignId} runId={runId} />}
    </Drawer>
  );
}

/** The files of a run as a choice, the tool's own output first, and the chosen one. */
export function RawFiles({ campaignId, runId }: { readonly campaignId: string; readonly runId: string }) {
  const { files, failure, loaded } = useRunFiles(campaignId, runId, undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const path = chosen ?? files.find(isOutput)?.path ?? files[0]?.path ?? null;
  return (
    <div className={styles.files}>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {loaded && files.length === 0 && failure === null ? <p>This run has written nothing.</p> : null}
      {path === null ? null : (
        <>
          <SegmentedControl
            className={styles.choice}
            orientation="horizontal"
            aria-label="File"
            value={path}
            onChange={setChosen}
            data={files.map((file) => ({
              value: file.path,
              label: `${file.path.split("/").at(-1) ?? ""} (${bytesText(file.sizeBytes)})`,
            }))}
          />
          <Viewer campaignId={campaignId} path={path} />
        </>
      )}
    </div>
  );
}
