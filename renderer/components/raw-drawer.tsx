// The raw files of one run beside whatever page asks for them.
import { Drawer, UnstyledButton } from "@mantine/core";
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
function RawFiles({ campaignId, runId }: { readonly campaignId: string; readonly runId: string }) {
  const { files: listed, failure, loaded } = useRunFiles(campaignId, runId, undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const files = listed.toSorted((a, b) => rank(a) - rank(b));
  const path = chosen ?? files[0]?.path ?? null;
  return (
    <div className={styles.files}>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {loaded && files.length === 0 && failure === null ? <p>This run has written nothing.</p> : null}
      {path === null ? null : (
        <>
          <nav className={styles.choice} aria-label="Files of the run">
            {files.map((file) => (
              <UnstyledButton
                key={file.path}
                className={styles.file}
                aria-current={file.path === path ? "true" : undefined}
                onClick={() => setChosen(file.path)}
              >
                {file.path.split("/").at(-1)} <span className={styles.size}>{bytesText(file.sizeBytes)}</span>
              </UnstyledButton>
            ))}
          </nav>
          <Viewer campaignId={campaignId} path={path} />
        </>
      )}
    </div>
  );
}

/** Phases whose files tell most of a run, first. */
const phases = ["measure", "warm-up", "prepare", "finish", "server"];

/** What the tool printed comes first, what is empty and what the samplers wrote last. */
function rank(file: { readonly path: string; readonly sizeBytes: number }): number {
  if (isOutput(file) && file.sizeBytes > 0) return -1;
  const phase = phases.findIndex((name) => file.path.includes(`-${name}-`));
  const place = phase === -1 ? phases.length : phase;
  return file.sizeBytes === 0 ? place + 10 : place;
}
