// A failure in full: what happened, where, what the program printed, and a way to copy it all.
import { Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Failure } from "#shared/model/error.ts";
import { failureText } from "#renderer/api/failure.ts";
import { CopyButton } from "./copy-button.tsx";
import styles from "./notice.module.css";

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly actions?: ReactNode;
}

export function FailureNotice({ failure, actions }: FailureNoticeProps) {
  return (
    <div className={styles.notice} data-severity="error" role="alert">
      <IconAlertTriangle className={styles.icon} size={16} stroke={1.6} aria-hidden />
      <div className={styles.body}>
        <p className={styles.text}>{failure.message}</p>
        <p className={styles.code}>
          {failure.code}
          {failure.host === undefined ? "" : ` · ${failure.host}`}
        </p>
        {failure.detail === undefined ? null : (
          <pre className={styles.detail} tabIndex={0} aria-label="What the program printed">
            {failure.detail}
          </pre>
        )}
        {actions === undefined ? null : <Group mt={8}>{actions}</Group>}
      </div>
      <CopyButton text={failureText(failure)} label="Copy the failure" />
    </div>
  );
}
