// The values of a figure as a table, for keyboards, readers of screens and spreadsheets; each line opens what a point opens.
import { Button, UnstyledButton } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconChevronRight, IconCopy } from "@tabler/icons-react";
import { useId, useState } from "react";
import {
  figureTsv,
  intervalText,
  valueText,
  type FigureRow,
  type FigureTable,
} from "#shared/figures/figure-table.ts";
import { countText, significant } from "#shared/report/number.ts";
import styles from "./figure-values.module.css";

interface FigureValuesProps {
  readonly title: string;
  readonly table: FigureTable;
  /** Key of the point whose details are shown. */
  readonly chosen: string | null;
  readonly onOpen: (key: string) => void;
}

/** So many lines are added at once: a browser needs seconds for a hundred thousand. */
const linesAtOnce = 300;

export function FigureValues({ title, table, chosen, onOpen }: FigureValuesProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [most, setMost] = useState(linesAtOnce);
  const { rows } = table;
  return (
    <div className={styles.values}>
      <div className={styles.head}>
        <UnstyledButton
          className={styles.opener}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={14} aria-hidden className={styles.arrow} />
          Values ({countText(rows.length, "point")})
        </UnstyledButton>
        <span className={styles.hint}>
          A click on a point, or on its line in the values, shows what is behind it: blocks, run, commands.
        </span>
        {open ? <CopyValues table={table} /> : null}
      </div>
      <div id={id} hidden={!open}>
        {open ? <ValueTable {...{ title, table, chosen, onOpen }} rows={rows.slice(0, most)} /> : null}
        {open && rows.length > most ? (
          <p className={styles.more}>
            {countText(most, "line")} of {countText(rows.length, "line")}; the copied values hold all.{" "}
            <Button variant="default" onClick={() => setMost(most + linesAtOnce)}>
              Show {countText(Math.min(linesAtOnce, rows.length - most), "more line")}
            </Button>
          </p>
        ) : null}
      </div>
    </div>
  );
}

type ValueTableProps = FigureValuesProps & { readonly rows: readonly FigureRow[] };

function ValueTable({ title, table, rows, chosen, onOpen }: ValueTableProps) {
  const { at, value, severalAxes } = table;
  return (
    <section className={styles.scroller} tabIndex={0} aria-label={`Values of ${title}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col">{at === "" ? "Place" : at}</th>
            {severalAxes ? <th scope="col">Axis</th> : null}
            <th scope="col" data-number>
              {severalAxes ? "Value" : value}
            </th>
            <th scope="col" data-number>
              95 % interval
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr
              // Lines of a figure never change places; some stand for the same point.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              data-chosen={isChosen(row, chosen) || undefined}
            >
              <th scope="row">
                {row.key === "" ? (
                  row.series
                ) : (
                  <UnstyledButton
                    className={styles.row}
                    aria-label={`${row.series}, ${String(row.at)}: what is behind it`}
                    onClick={() => onOpen(row.key)}
                  >
                    {row.series}
                  </UnstyledButton>
                )}
              </th>
              <td>{typeof row.at === "number" ? significant(row.at, 6) : row.at}</td>
              {severalAxes ? <td>{row.axis}</td> : null}
              <td data-number>{valueText(row)}</td>
              <td data-number>{intervalText(row.interval)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isChosen({ key }: FigureRow, chosen: string | null): boolean {
  return key !== "" && key === chosen;
}

function CopyValues({ table }: { readonly table: FigureTable }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={14} stroke={1.6} aria-hidden />}
      onClick={() => clipboard.copy(figureTsv(table))}
    >
      {clipboard.copied ? "Copied" : "Copy TSV"}
    </Button>
  );
}
