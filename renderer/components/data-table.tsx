// A dense table of any length: sorted by its headers, drawn only where it is looked at.
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useMemo, useRef, type ReactNode } from "react";
import styles from "./data-table.module.css";

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** CSS grid track: `minmax(160px, 2fr)`, `90px`. */
  readonly track: string;
  readonly align?: "right";
  /** What the column sorts by, and shows where `cell` is absent. */
  readonly value: (row: Row) => string | number;
  readonly cell?: (row: Row) => ReactNode;
  /** Left out where the table is narrower than so many pixels. */
  readonly hideBelow?: number;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly sortBy: { readonly id: string; readonly desc: boolean };
  /** What a click on a row does; the row's own link must do the same for the keyboard. */
  readonly onOpen?: (row: Row) => void;
}

const rowHeight = 34;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

interface Boxed<Row> {
  readonly row: Row;
}

export function DataTable<Row>({ label, columns, rows, rowId, sortBy, onOpen }: DataTableProps<Row>) {
  const size = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(size.ref, scroller);
  const shown = columns.filter(({ hideBelow }) => hideBelow === undefined || size.width >= hideBelow);
  const tracks = shown.map(({ track }) => track).join(" ");

  const data = useMemo(() => rows.map((row): Boxed<Row> => ({ row })), [rows]);
  const definitions = useMemo(
    () =>
      columns.map(({ id, value }) => ({
        id,
        accessorFn: (boxed: Boxed<Row>) => value(boxed.row),
        sortFn: (a: { original: Boxed<Row> }, b: { original: Boxed<Row> }) =>
          compare(value(a.original.row), value(b.original.row)),
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }) => rowId(row),
    initialState: { sorting: [{ ...sortBy }] },
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const sorting = table.state.sorting[0];

  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  return (
    <div className={styles.scroller} ref={ref}>
      <div role="table" aria-label={label} aria-rowcount={sorted.length + 1} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: tracks }}>
            {shown.map(({ id, header, align }) => {
              const direction = sorting?.id === id ? (sorting.desc ? "descending" : "ascending") : undefined;
              const Arrow = direction === "descending" ? IconChevronDown : IconChevronUp;
              return (
                <div
                  key={id}
                  role="columnheader"
                  aria-sort={direction ?? "none"}
                  className={styles.cell}
                  data-align={align}
                >
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => table.getColumn(id)?.toggleSorting()}
                  >
                    {header}
                    {direction === undefined ? null : <Arrow size={12} stroke={2} aria-hidden />}
                  </button>
                </div>
              );
            })}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map((item) => {
            const entry = sorted[item.index];
            if (entry === undefined) return null;
            const { row } = entry.original;
            return (
              <div
                key={entry.id}
                role="row"
                aria-rowindex={item.index + 2}
                className={`${styles.row} ${styles.line}`}
                data-opens={onOpen === undefined ? undefined : true}
                style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
                onClick={onOpen === undefined ? undefined : () => onOpen(row)}
              >
                {shown.map(({ id, align, value, cell }) => (
                  <div key={id} role="cell" className={styles.cell} data-align={align}>
                    {cell === undefined ? value(row) : cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}
