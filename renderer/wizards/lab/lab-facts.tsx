// The facts of a lab's hosts as they were last probed, how old they are, and a way to probe now.
import { Button } from "@mantine/core";
import { useState } from "react";
import { hostRoles } from "#shared/model/lab.ts";
import { FactsView } from "#renderer/components/facts-view.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { ageText } from "#renderer/format/instant.ts";
import { roleTitle } from "#renderer/format/role-title.ts";
import type { LabProbing } from "./use-lab-probe.ts";
import styles from "./connection-test.module.css";

export function LabFacts({ probing }: { readonly probing: LabProbing }) {
  const columns = hostRoles.flatMap((role) => {
    const found = probing.facts?.[role] ?? null;
    return found === null ? [] : [{ title: roleTitle[role], facts: found }];
  });
  return (
    <>
      <Section title="Probe" aside={<ProbeNow probing={probing} />}>
        {probing.failure === null ? (
          <p className={styles.hint}>
            What the machines are: CPU, memory, network, disks, kernel, tools. A plan is checked against them.
            A probe reads only.
          </p>
        ) : (
          <FailureNotice failure={probing.failure} />
        )}
      </Section>
      {columns.length === 0 ? null : <FactsView columns={columns} />}
    </>
  );
}

/** How old the facts are, and the button that makes them new. */
export function ProbeNow({ probing }: { readonly probing: LabProbing }) {
  const { facts } = probing;
  // Facts that came later are younger than the first look at them.
  const [opened] = useState(() => Date.now());
  const times = hostRoles.flatMap((role) => facts?.[role]?.takenAt ?? []).sort();
  const [oldest] = times;
  const now = Math.max(opened, ...times.map((time) => Date.parse(time)));
  return (
    <>
      <span>{oldest === undefined ? "never probed" : `probed ${ageText(oldest, now)}`}</span>
      <Button variant="default" loading={probing.probing} onClick={() => void probing.probe()}>
        Probe now
      </Button>
    </>
  );
}
