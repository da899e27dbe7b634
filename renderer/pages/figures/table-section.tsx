// One of the paper's tables over the chosen campaigns.
import { Loader } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import type { TableDefinition } from "#shared/figures/paper/tables.ts";
import { Section } from "#renderer/components/section.tsx";
import { useNear } from "#renderer/pages/results/use-near.ts";
import { FailedCampaigns } from "./failed-campaigns.tsx";
import { figureNumber } from "./figure-groups.ts";
import { useSectionInputs, type SectionData } from "./section-inputs.ts";
import styles from "./figure-section.module.css";
import tableStyles from "./figure-values.module.css";

interface TableSectionProps extends SectionData {
  readonly id: string;
  readonly definition: TableDefinition;
  /** Told when all was read and there is nothing to show. */
  readonly onEmpty: (tableId: string) => void;
}

/** Pixels that a table takes, roughly, before it is made. */
const usualHeight = 180;

export function TableSection(props: TableSectionProps) {
  const { id, definition } = props;
  const box = useRef<HTMLDivElement>(null);
  const near = useNear(box);
  return (
    <div id={id} className={styles.place} ref={box} tabIndex={-1}>
      <Section title={`${figureNumber(definition) ?? ""}: ${definition.title}`} flush>
        <p className={styles.summary}>{definition.summary}</p>
        {near ? <TableBody {...props} /> : <div style={{ height: usualHeight }} />}
      </Section>
    </div>
  );
}

function TableBody({ definition, onEmpty, ...data }: TableSectionProps) {
  const { inputs, failures, loading, retry } = useSectionInputs(definition, data);
  const table = useMemo(() => definition.make(inputs), [definition, inputs]);
  const nothing = table === null && !loading && failures.size === 0;
  useEffect(() => {
    if (nothing) onEmpty(definition.id);
  }, [nothing, definition, onEmpty]);
  return (
    <>
      <FailedCampaigns failures={failures} known={data.known} onRetry={retry} />
      {table === null ? (
        loading ? (
          <p className={styles.loading} style={{ height: usualHeight }} role="status">
            <Loader size="xs" /> Reading the campaigns…
          </p>
        ) : null
      ) : (
        <>
          <section className={tableStyles.scroller} tabIndex={0} aria-label={table.title}>
            <table className={tableStyles.table}>
              <thead>
                <tr>
                  {table.columns.map(({ title, numeric }) => (
                    <th key={title} scope="col" data-number={numeric || undefined}>
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map(({ id, cells }) => (
                  <tr key={id}>
                    {table.columns.map(({ title, numeric }, column) =>
                      column === 0 ? (
                        <th key={title} scope="row">
                          {cells[column]}
                        </th>
                      ) : (
                        <td key={title} data-number={numeric || undefined}>
                          {cells[column]}
                        </td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {table.notes.map((note) => (
            <p key={note} className={styles.note}>
              {note}
            </p>
          ))}
        </>
      )}
    </>
  );
}
