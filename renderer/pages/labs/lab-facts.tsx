// The facts of a lab's hosts as they were last probed, how old they are, and a way to probe now.
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { LabFacts as Probed } from "#shared/contract/labs.ts";
import { hostRoles } from "#shared/model/lab.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FactsView } from "#renderer/components/facts-view.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { ageText } from "#renderer/format/instant.ts";
import { roleTitles } from "./host-fields.tsx";
import styles from "./connection-test.module.css";

export function LabFacts({ labId, save }: { readonly labId: string; readonly save: () => Promise<boolean> }) {
  const [facts, setFacts] = useState<Probed | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [probing, setProbing] = useState(false);
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const controller = new AbortController();
    api.labs.facts({ labId }, { signal: controller.signal }).then(setFacts, (error: unknown) => {
      if (!controller.signal.aborted) setFailure(failureOf(error));
    });
    return () => controller.abort();
  }, [labId]);

  const probe = async (): Promise<void> => {
    if (!(await save())) return;
    setProbing(true);
    setFailure(null);
    try {
      setFacts(await api.labs.probe({ labId }));
      setNow(Date.now());
    } catch (error) {
      setFailure(failureOf(error));
    }
    setProbing(false);
  };

  const columns = hostRoles.flatMap((role) => {
    const found = facts?.[role] ?? null;
    return found === null ? [] : [{ title: roleTitles[role], facts: found }];
  });
  const oldest = columns.map((column) => column.facts.takenAt).sort()[0];

  return (
    <>
      <Section
        title="Facts"
        aside={
          <>
            <span>{oldest === undefined ? "never probed" : `probed ${ageText(oldest, now)}`}</span>
            <Button variant="default" loading={probing} onClick={() => void probe()}>
              Probe now
            </Button>
          </>
        }
      >
        {failure === null ? (
          <p className={styles.hint}>
            What the machines are: CPU, memory, network, disks, kernel, tools. A plan is checked against them.
          </p>
        ) : (
          <FailureNotice failure={failure} />
        )}
      </Section>
      {columns.length === 0 ? null : <FactsView columns={columns} />}
    </>
  );
}
