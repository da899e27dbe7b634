// A dense table of any length: sorted by its headers, drawn only where it is looked at.
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useMemo, useRef, type ReactNode } from "react";
import { Link } from "wouter";
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
}

const rowHeight = 34;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

interface Boxed<Row> {
  readonly row: Row;
}

export function DataTable<Row>({ label, columns, rows, rowId, sortBy }: DataTableProps<Row>) {
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
      <table aria-label={label} aria-rowcount={sorted.length + 1} className={styles.table}>
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: tracks }}>
            {shown.map(({ id, header, align }) => {
              const direction = sorting?.id === id ? (sorting.desc ? "descending" : "ascending") : undefined;
              const Arrow = direction === "descending" ? IconChevronDown : IconChevronUp;
              return (
                <th
                  key={id}
                  scope="col"
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
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const entry = sorted[item.index];
            if (entry === undefined) return null;
            const { row } = entry.original;
            return (
              <tr
                key={entry.id}
                aria-rowindex={item.index + 2}
                className={`${styles.row} ${styles.line}`}
                style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
              >
                {shown.map(({ id, align, value, cell }) => (
                  <td key={id} className={styles.cell} data-align={align}>
                    {cell === undefined ? value(row) : cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The link of a row; a click anywhere on the row follows it. */
export function RowLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className={styles.link}>
      {children}
    </Link>
  );
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}
