// Where a plan lacks the facts of its lab: probes both hosts, so that it can be made again.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import styles from "./probe-first.module.css";

interface ProbeFirstProps {
  readonly labId: string;
  readonly onProbed: () => void;
}

export function ProbeFirst({ labId, onProbed }: ProbeFirstProps) {
  const [probing, setProbing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const probe = async (): Promise<void> => {
    setProbing(true);
    setFailure(null);
    try {
      await api.labs.probe({ labId });
      onProbed();
    } catch (error) {
      setFailure(failureOf(error));
    }
    setProbing(false);
  };
  const button = (
    <Button variant="default" loading={probing} onClick={() => void probe()}>
      Probe now
    </Button>
  );

  return (
    <div className={styles.probe}>
      {failure === null ? (
        <Notice severity="info">
          <div className={styles.row}>
            <span>
              The lab was never probed. A probe reads what both hosts are and changes nothing; the plan is
              then made and checked with it.
            </span>
            {button}
          </div>
        </Notice>
      ) : (
        <FailureNotice failure={failure} actions={button} />
      )}
    </div>
  );
}
