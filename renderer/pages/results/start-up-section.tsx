// How long environments take to start: from the command to the first answer on a port.
import { useMemo } from "react";
import { Section } from "#renderer/components/section.tsx";
import { SlotSwatch } from "#renderer/components/slot-key.tsx";
import type { FigureInputs } from "#shared/figures/figure.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import { startUpFigures } from "#shared/figures/start-up-figure.ts";
import type { StartUpRow } from "#shared/model/result.ts";
import { meanText, ratioWithInterval } from "#shared/report/number.ts";
import { judgementMarks } from "#shared/report/result-table.ts";
import { FigureView } from "./figure-view.tsx";
import { Part } from "./part.tsx";
import styles from "./plain-table.module.css";

interface StartUpSectionProps {
  readonly id: string;
  readonly inputs: FigureInputs;
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

export function StartUpSection({ id, inputs, looks }: StartUpSectionProps) {
  const rows = inputs.results.startUp;
  return (
    <Part id={id} title="Start-up" height={480 + rows.length * 27}>
      {() => (
        <Section title="Start-up" flush>
          <p className={styles.summary}>
            Seconds from the command that starts the container or guest to the first answer on a port of it,
            by the clock of the system under test; one start a block.
          </p>
          <StartUpFigure inputs={inputs} />
          <StartUpTable rows={rows} looks={looks} />
        </Section>
      )}
    </Part>
  );
}

function StartUpFigure({ inputs }: { readonly inputs: FigureInputs }) {
  const [figure] = useMemo(() => startUpFigures(inputs), [inputs]);
  if (figure === undefined) return null;
  return <FigureView figure={figure} fileName={`${inputs.campaign.id}-${figure.id}`} />;
}

type StartUpTableProps = Pick<StartUpSectionProps, "looks"> & { readonly rows: readonly StartUpRow[] };

function StartUpTable({ rows, looks }: StartUpTableProps) {
  return (
    <section className={styles.scroller} tabIndex={0} aria-label="Start-up of the environments">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Configuration</th>
            <th scope="col" data-number>
              Mean ± s
            </th>
            <th scope="col">Unit</th>
            <th scope="col" data-number>
              n
            </th>
            <th scope="col" data-number>
              Ratio to native (95 %)
            </th>
            <th scope="col">Marks</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const look = looks.get(row.slot);
            return (
              <tr key={row.slot}>
                <th scope="row">
                  <span className={styles.key}>
                    {look === undefined ? null : <SlotSwatch look={look} />}
                    {row.label}
                  </span>
                </th>
                <td data-number>{meanText(row.mean, row.deviation)}</td>
                <td>s</td>
                <td data-number>{row.values.length}</td>
                <td data-number>{row.ratio === null ? "" : ratioWithInterval(row.ratio)}</td>
                <td className={styles.marks}>{judgementMarks(row, "native").join("; ")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
