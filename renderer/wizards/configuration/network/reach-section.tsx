// The test of reachability: tries both hosts for the chosen mode, and shows each step as it happens.
import { Button, Loader } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconX } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import type { ReachRequest, ReachStep } from "#shared/contract/reach.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { NetworkChoice } from "#shared/model/network-choice.ts";
import type { PortUse } from "#shared/plan/port-uses.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { ageText } from "#renderer/format/instant.ts";
import { cancelReachTest, reachKey, startReachTest, useReachTests, type ReachTest } from "./reach-store.ts";
import styles from "./reach-section.module.css";

interface ReachSectionProps {
  readonly choice: NetworkChoice;
  readonly lab: Lab;
  readonly uses: readonly PortUse[];
}

export function ReachSection({ choice, lab, uses }: ReachSectionProps) {
  const request = useMemo(
    (): ReachRequest => ({
      labId: lab.id,
      choice,
      ports: uses.map(({ port, protocol }) => ({ port, protocol })),
    }),
    [lab.id, choice, uses],
  );
  const test = useReachTests(({ tests }) => tests[reachKey(request)]);
  return (
    <Section
      title="Reachability"
      aside={
        test?.state === "running" ? (
          <Button variant="default" onClick={() => cancelReachTest(request)}>
            Cancel the test
          </Button>
        ) : (
          <Button variant="default" onClick={() => void startReachTest(request)}>
            Test reachability
          </Button>
        )
      }
    >
      {test === undefined ? (
        <p className={styles.hint}>
          Connects to both hosts and tries, from the load generator, the data address, the MTU and every port
          that this mode uses. On the system under test Tare listens for a moment; nothing stays.
        </p>
      ) : (
        <Result test={test} />
      )}
    </Section>
  );
}

function Result({ test }: { readonly test: ReachTest }) {
  return (
    <div className={styles.result}>
      <p className={styles.summary} role="status">
        <Summary test={test} />
      </p>
      {test.failure === null ? null : <FailureNotice failure={test.failure} />}
      <ul className={styles.steps}>
        {test.steps.map((step) => (
          <li key={step.step}>
            <div className={styles.step} data-status={step.status}>
              <Sign
                status={test.state !== "running" && step.status === "running" ? "untested" : step.status}
              />
              <span className={styles.name}>{step.step}</span>
              <span className={styles.text}>{step.failure === undefined ? step.text : ""}</span>
            </div>
            {step.failure === undefined ? null : <FailureNotice failure={step.failure} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Summary({ test: { state, steps, failure, startedAt } }: { readonly test: ReachTest }) {
  const now = useNow();
  if (state === "running") return "Testing.";
  if (state === "cancelled") return `Cancelled; begun ${ageText(startedAt, now)}.`;
  const count = (status: ReachStep["status"]) => steps.filter((step) => step.status === status).length;
  const failed = count("failed");
  const found =
    failure !== null
      ? "The test broke off"
      : failed > 0
        ? `${failed} of ${steps.length} steps failed`
        : count("warning") > 0
          ? `Reachable, with ${count("warning") === 1 ? "a warning" : `${count("warning")} warnings`}`
          : "Reachable, as far as it can be tried before a campaign";
  return `${found}. Tested ${ageText(startedAt, now)}.`;
}

/** The time, told again every half minute. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Sign({ status }: { readonly status: ReachStep["status"] }) {
  switch (status) {
    case "running":
      return <Loader size={13} aria-label="under way" />;
    case "ok":
      return <IconCheck size={15} stroke={2} aria-label="ok" />;
    case "warning":
      return <IconAlertTriangle size={15} stroke={2} aria-label="warning" />;
    case "failed":
      return <IconX size={15} stroke={2} aria-label="failed" />;
    case "untested":
      return <IconCircleDashed size={15} stroke={2} aria-label="not tested" />;
  }
}
