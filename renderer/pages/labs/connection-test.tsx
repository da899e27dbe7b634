// Tries both hosts and shows each step as it happens.
import { Button, Loader } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { ConnectionStep } from "#shared/contract/labs.ts";
import { hostRoles, type HostRole } from "#shared/model/lab.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { roleTitles } from "./host-fields.tsx";
import styles from "./connection-test.module.css";

interface Test {
  readonly steps: readonly ConnectionStep[];
  readonly running: boolean;
  readonly failure: Failure | null;
}

const untested: Test = { steps: [], running: false, failure: null };

interface ConnectionTestProps {
  readonly labId: string;
  /** Saves what is in the form first, since the core tests the stored lab; false: it could not be saved. */
  readonly save: () => Promise<boolean>;
}

export function ConnectionTest({ labId, save }: ConnectionTestProps) {
  const [test, setTest] = useState(untested);
  const controller = useRef<AbortController>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const run = async (): Promise<void> => {
    if (!(await save())) return;
    const own = new AbortController();
    controller.current = own;
    setTest({ ...untested, running: true });
    try {
      for await (const step of await api.labs.test({ labId }, { signal: own.signal }))
        setTest((before) => ({ ...before, steps: withStep(before.steps, step) }));
      setTest((before) => ({ ...before, running: false }));
    } catch (error) {
      const failure = own.signal.aborted ? null : failureOf(error);
      setTest((before) => ({ ...before, running: false, failure }));
    }
  };

  return (
    <Section
      title="Connection"
      aside={
        test.running ? (
          <Button variant="default" onClick={() => controller.current?.abort()}>
            Stop
          </Button>
        ) : (
          <Button variant="default" onClick={() => void run()}>
            Test connection
          </Button>
        )
      }
    >
      {test.failure === null ? null : <FailureNotice failure={test.failure} />}
      {test.steps.length === 0 ? (
        <p className={styles.hint}>
          {test.running
            ? "Connecting to both hosts."
            : "Connects to both hosts, logs in, looks for root, the data address and other controllers. Nothing is changed."}
        </p>
      ) : (
        <div className={styles.columns} aria-live="polite">
          {hostRoles.map((role) => (
            <Steps key={role} role={role} steps={test.steps.filter(({ host }) => host === role)} />
          ))}
        </div>
      )}
    </Section>
  );
}

function Steps({ role, steps }: { readonly role: HostRole; readonly steps: readonly ConnectionStep[] }) {
  return (
    <div>
      <h3 className={styles.title}>{roleTitles[role]}</h3>
      <ul className={styles.steps}>
        {steps.map((step) => (
          <li key={step.step}>
            <div className={styles.step} data-status={step.status}>
              <StatusSign status={step.status} />
              <span>{step.step}</span>
              <span className={styles.text}>{step.failure === undefined ? step.text : ""}</span>
            </div>
            {step.failure === undefined ? null : <FailureNotice failure={step.failure} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function StatusSign({ status }: { readonly status: ConnectionStep["status"] }) {
  if (status === "running") return <Loader size={13} aria-label="under way" />;
  return status === "ok" ? (
    <IconCheck size={15} stroke={2} aria-label="ok" />
  ) : (
    <IconX size={15} stroke={2} aria-label="failed" />
  );
}

function withStep(steps: readonly ConnectionStep[], step: ConnectionStep): readonly ConnectionStep[] {
  const at = steps.findIndex((other) => other.host === step.host && other.step === step.step);
  return at < 0 ? [...steps, step] : steps.with(at, step);
}
