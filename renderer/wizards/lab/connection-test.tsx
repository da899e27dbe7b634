// Tries both hosts and shows each step as it happens.
import { Button, Loader } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { ConnectionStep } from "#shared/contract/labs.ts";
import { hostRoles, type Host, type HostRole, type Lab } from "#shared/model/lab.ts";
import { copyKeyMend } from "#shared/plan/host-mends.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { CopyLines } from "./copy-lines.tsx";
import { roleTitle } from "#renderer/format/role-title.ts";
import type { ConnectionTesting } from "./use-connection-test.ts";
import styles from "./connection-test.module.css";

interface ConnectionTestProps {
  readonly lab: Lab;
  readonly test: ConnectionTesting;
}

export function ConnectionTest({ lab, test }: ConnectionTestProps) {
  return (
    <Section
      title="Connection"
      aside={
        test.running ? (
          <Button variant="default" onClick={test.stop}>
            Stop
          </Button>
        ) : (
          <Button variant="default" onClick={() => void test.run()}>
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
            <Steps
              key={role}
              role={role}
              host={lab[role]}
              steps={test.steps.filter(({ host }) => host === role)}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

interface StepsProps {
  readonly role: HostRole;
  readonly host: Host;
  readonly steps: readonly ConnectionStep[];
}

function Steps({ role, host, steps }: StepsProps) {
  return (
    <div>
      <h3 className={styles.title}>{roleTitle[role]}</h3>
      <ul className={styles.steps}>
        {steps.map((step) => (
          <li key={step.step}>
            <div className={styles.step} data-status={step.status}>
              <StatusSign status={step.status} />
              <span>{step.step}</span>
              <span className={styles.text}>{step.failure === undefined ? step.text : ""}</span>
            </div>
            {step.failure === undefined ? null : <FailureNotice failure={step.failure} />}
            {step.failure?.code === "AUTHENTICATION_FAILED" && host.auth.kind !== "password" ? (
              <CopyLines mend={copyKeyMend(host)} />
            ) : null}
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
