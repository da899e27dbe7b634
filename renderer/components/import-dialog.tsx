// What becomes of the files that are imported, one line each.
import { Anchor, Button, Group, Modal, Progress } from "@mantine/core";
import { IconCheck, IconEqual } from "@tabler/icons-react";
import { Link } from "wouter";
import { bytesText, countText } from "#shared/report/number.ts";
import { useImports, type ImportJob } from "#renderer/stores/import-store.ts";
import { FailureNotice } from "./failure-notice.tsx";
import { useReturnFocus } from "./use-return-focus.ts";
import styles from "./import-dialog.module.css";

export function ImportDialog() {
  useReturnFocus();
  const jobs = useImports((state) => state.jobs);
  const close = useImports((state) => state.close);
  const busy = jobs.some((job) => isUnderWay(job));
  return (
    <Modal
      opened
      onClose={close}
      // A stray click must not cancel what is under way.
      closeOnClickOutside={!busy}
      title={`Import ${countText(jobs.length, "file")}`}
      size={620}
    >
      <ul className={styles.list} aria-live="polite">
        {jobs.map((job) => (
          <li key={job.id}>
            <div className={styles.file}>
              <code>{job.name}</code>
              <span className={styles.size}>{bytesText(job.sizeBytes)}</span>
            </div>
            <Outcome job={job} onOpen={close} />
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt={16}>
        <Button variant={busy ? "default" : "filled"} data-autofocus onClick={close}>
          {busy ? "Cancel" : "Close"}
        </Button>
      </Group>
    </Modal>
  );
}

function Outcome({ job, onOpen }: { readonly job: ImportJob; readonly onOpen: () => void }) {
  const { imported, failure, sentBytes, sizeBytes } = job;
  if (failure !== null) return <FailureNotice failure={failure} />;
  if (imported !== null) {
    const Sign = imported.outcome === "imported" ? IconCheck : IconEqual;
    return (
      <div className={styles.outcome}>
        <Sign className={styles.sign} size={15} stroke={1.8} aria-hidden />
        <div>
          <p className={styles.text}>{imported.text}</p>
          <Anchor
            component={Link}
            size="sm"
            href={`/campaigns/${encodeURIComponent(imported.campaignId)}`}
            onClick={onOpen}
          >
            Open “{imported.name}”
          </Anchor>
        </div>
      </div>
    );
  }
  const share = sizeBytes === 0 ? 0 : Math.min(1, sentBytes / sizeBytes);
  return (
    <div className={styles.outcome}>
      <Progress.Root className={styles.progress} size={5}>
        <Progress.Section value={100 * share} aria-label={`${job.name} read`} />
      </Progress.Root>
      <span className={styles.size}>
        {share === 1
          ? "checking and unpacking"
          : sentBytes === 0
            ? "waiting"
            : `${bytesText(sentBytes)} read`}
      </span>
    </div>
  );
}

function isUnderWay({ imported, failure }: ImportJob): boolean {
  return imported === null && failure === null;
}
