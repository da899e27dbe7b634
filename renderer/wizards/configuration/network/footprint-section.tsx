// What the mode takes of the machines while the environment is up, and gives back: ports, addresses, changes.
import { useMemo } from "react";
import { networkFootprint } from "#shared/environments/network-footprint.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { NetworkChoice } from "#shared/model/network-choice.ts";
import type { PortUse } from "#shared/plan/port-uses.ts";
import { Section } from "#renderer/components/section.tsx";
import styles from "./network-step.module.css";

interface FootprintSectionProps {
  readonly choice: NetworkChoice;
  readonly lab: Lab;
  readonly facts: LabFacts;
  readonly uses: readonly PortUse[];
}

export function FootprintSection({ choice, lab, facts, uses }: FootprintSectionProps) {
  const { ports, addresses, changes } = useMemo(
    () => networkFootprint(choice, lab, facts.sut, uses),
    [choice, lab, facts.sut, uses],
  );
  return (
    <Section title="Ports, addresses, changes">
      <div className={styles.parts}>
        <div>
          <h3 className={styles.title}>Ports</h3>
          {uses.length === 0 ? (
            <p className={styles.quiet}>No workload of this campaign serves anything over the network.</p>
          ) : null}
          {ports.length === 0 ? null : (
            <Rows
              label="Ports"
              heads={["Port", "At", "Used by", "Listened on by"]}
              rows={ports.map(({ port, protocol, address, workloads, by }) => [
                `${port}/${protocol}`,
                address,
                workloads.join(", "),
                by,
              ])}
            />
          )}
        </div>
        <div>
          <h3 className={styles.title}>Addresses given and taken back</h3>
          {addresses.length === 0 ? (
            <p className={styles.quiet}>None: servers use the SUT's own data address.</p>
          ) : (
            <Rows
              label="Addresses"
              heads={["Address", "Had by", "How"]}
              rows={addresses.map(({ address, owner, text }) => [address, owner, text])}
            />
          )}
        </div>
        <div>
          <h3 className={styles.title}>Changes of the system under test</h3>
          {changes.length === 0 ? (
            <p className={styles.quiet}>
              None of the host's network. Devices of the environment itself end with it.
            </p>
          ) : (
            <Rows
              label="Changes"
              heads={["While the environment is up", "Afterwards"]}
              rows={changes.map(({ text, undo }) => [text, undo])}
            />
          )}
        </div>
      </div>
    </Section>
  );
}

interface RowsProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function Rows({ label, heads, rows }: RowsProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join(" ")}>
            {row.map((cell, index) => (
              <td key={heads[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
