// The data interfaces of both hosts side by side: MTU, speed, offloads, and what differs.
import { useMemo } from "react";
import { networkEnds, type EndRow } from "#shared/facts/network-ends.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import { Section } from "#renderer/components/section.tsx";
import { FactsAge } from "#renderer/wizards/frame/facts-age.tsx";
import styles from "./network-step.module.css";

interface EndsSectionProps {
  readonly lab: Lab;
  readonly facts: LabFacts;
}

export function EndsSection({ lab, facts }: EndsSectionProps) {
  const ends = useMemo(() => networkEnds(lab, facts), [lab, facts]);
  return (
    <Section title="Both ends" aside={<FactsAge facts={facts} />}>
      {ends === null ? (
        <p className={styles.quiet}>
          Neither host's data interface is known. Probe the lab to see MTU, speed and offloads of both ends.
        </p>
      ) : (
        <div className={styles.parts}>
          {ends.remarks.length === 0 ? null : (
            <ul className={styles.remarks}>
              {ends.remarks.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
          <EndsTable label="Interfaces and offloads" rows={[...ends.rows, ...ends.offloads.map(asOffload)]} />
          {ends.others.length === 0 ? null : (
            <details className={styles.more}>
              <summary>{othersText(ends.others)}</summary>
              <EndsTable label="Other offloads" rows={ends.others} />
            </details>
          )}
        </div>
      )}
    </Section>
  );
}

function asOffload(row: EndRow): EndRow {
  return { ...row, title: `Offload: ${row.title}` };
}

function othersText(others: readonly EndRow[]): string {
  const different = others.filter(({ differs }) => differs).length;
  return `${others.length} other offloads that are on at one end at least, ${different === 0 ? "none differs" : `${different} of them differ`}`;
}

function EndsTable({ label, rows }: { readonly label: string; readonly rows: readonly EndRow[] }) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Load generator</th>
          <th scope="col">System under test</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ title, loadgen, sut, differs }) => (
          <tr key={title} data-differs={differs || undefined}>
            <th scope="row">{title}</th>
            <td>{loadgen}</td>
            <td>
              {sut} {differs ? <span className={styles.mark}>differs</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
