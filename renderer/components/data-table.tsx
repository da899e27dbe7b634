// A dense table of any length: sorted by its headers, drawn only where it is looked at, walked by the keyboard.
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { createContext, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useTableKeys, type TableSelection } from "./use-table-keys.ts";
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
  /** Nothing to sort by: what can be done with the row. */
  readonly unsorted?: boolean;
}

export interface TableSort {
  readonly id: string;
  readonly desc: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What the table sorts by at first; null: the rows as they come. */
  readonly sortBy: TableSort | null;
  /** Where another keeps the order: told of every change, and `sortBy` is the order at every time. */
  readonly onSort?: (sort: TableSort) => void;
  /** Rows that stay at the top whatever the order. */
  readonly pinned?: (row: Row) => boolean;
  /** Where rows can be selected: which are, and how a row is called. */
  readonly selection?: TableSelection & { readonly name: (row: Row) => string };
  /** Row that something beside the table is about. */
  readonly current?: string | null;
  /** Keys pressed on a row that the table itself does not use. */
  readonly onRowKey?: (id: string, event: React.KeyboardEvent) => void;
}

const rowHeight = 34;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

interface Boxed<Row> {
  readonly row: Row;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, sortBy, onSort, pinned, selection, current, onRowKey } = props;
  const size = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const ref = useMergedRef(size.ref, scroller);
  const shown = columns.filter(({ hideBelow }) => hideBelow === undefined || size.width >= hideBelow);
  const tracks = [...(selection === undefined ? [] : ["16px"]), ...shown.map(({ track }) => track)].join(" ");
  const [own, setOwn] = useState(sortBy);
  const sort = onSort === undefined ? own : sortBy;

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
    state: { sorting: sort === null ? [] : [{ ...sort }] },
    enableSortingRemoval: false,
  });
  const inOrder = table.getRowModel().rows;
  const sorted = useMemo(() => {
    if (pinned === undefined) return inOrder;
    const isPinned = ({ original }: { original: Boxed<Row> }) => pinned(original.row);
    return [...inOrder.filter(isPinned), ...inOrder.filter((row) => !isPinned(row))];
  }, [inOrder, pinned]);
  const ids = useMemo(() => sorted.map(({ id }) => id), [sorted]);

  const [active, setActive] = useState<string | null>(null);
  const tabStop = active !== null && ids.includes(active) ? active : (ids[0] ?? null);
  const stopIndex = tabStop === null ? -1 : ids.indexOf(tabStop);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // Under the head, which stays at the top.
    scrollPaddingStart: rowHeight,
    // The row with the focus stays drawn, or the focus would be lost by scrolling.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      if (stopIndex < 0 || drawn.includes(stopIndex)) return drawn;
      return [...drawn, stopIndex].toSorted((a, b) => a - b);
    },
  });
  const keys = useTableKeys({
    ids,
    virtualizer,
    body,
    selection,
    active: tabStop,
    focused: active,
    setActive,
    onRowKey,
  });

  return (
    <div className={styles.scroller} ref={ref}>
      <table aria-label={label} aria-rowcount={sorted.length + 1} className={styles.table}>
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: tracks }}>
            {selection === undefined ? null : (
              <th className={styles.cell} scope="col">
                <AllBox ids={ids} selection={selection} />
              </th>
            )}
            {shown.map(({ id, header, align, unsorted }) => (
              <SortHeader
                key={id}
                header={header}
                align={align}
                unsorted={unsorted === true}
                direction={sort?.id === id ? (sort.desc ? "descending" : "ascending") : undefined}
                onSort={() => {
                  const desc =
                    sort?.id === id ? !sort.desc : table.getColumn(id)?.getAutoSortDir() === "desc";
                  (onSort ?? setOwn)({ id, desc });
                }}
              />
            ))}
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The link of each row takes the focus. */}
        <tbody
          ref={body}
          className={styles.body}
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={keys.onKeyDown}
          onClickCapture={keys.onClickCapture}
          onFocus={(event) => {
            const id = event.target.closest<HTMLElement>("[data-row]")?.dataset["row"];
            if (id !== undefined) setActive(id);
          }}
        >
          {virtualizer.getVirtualItems().map((item) => {
            const entry = sorted[item.index];
            if (entry === undefined) return null;
            const { row } = entry.original;
            const isStop = entry.id === tabStop;
            const isSelected = selection?.selected.has(entry.id) === true;
            return (
              <tr
                key={entry.id}
                data-row={entry.id}
                data-selected={isSelected || undefined}
                data-current={entry.id === current || undefined}
                data-pinned={pinned?.(row) || undefined}
                aria-rowindex={item.index + 2}
                className={`${styles.row} ${styles.line}`}
                style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
              >
                {selection === undefined ? null : (
                  <td className={styles.cell}>
                    <input
                      type="checkbox"
                      className={styles.box}
                      tabIndex={isStop ? 0 : -1}
                      aria-label={`Select ${selection.name(row)}`}
                      checked={isSelected}
                      onChange={() => keys.toggle(entry.id)}
                    />
                  </td>
                )}
                <TabStop value={isStop}>
                  {shown.map(({ id, align, value, cell }) => (
                    <td key={id} className={styles.cell} data-align={align}>
                      {cell === undefined ? value(row) : cell(row)}
                    </td>
                  ))}
                </TabStop>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface SortHeaderProps {
  readonly header: string;
  readonly align: "right" | undefined;
  readonly unsorted: boolean;
  readonly direction: "ascending" | "descending" | undefined;
  readonly onSort: () => void;
}

function SortHeader({ header, align, unsorted, direction, onSort }: SortHeaderProps) {
  if (unsorted)
    return (
      <th scope="col" className={`${styles.cell} ${styles.plain}`} data-align={align}>
        {header}
      </th>
    );
  const Arrow = direction === "descending" ? IconChevronDown : IconChevronUp;
  return (
    <th scope="col" aria-sort={direction ?? "none"} className={styles.cell} data-align={align}>
      <button type="button" className={styles.sort} onClick={onSort}>
        {header}
        {direction === undefined ? null : <Arrow size={12} stroke={2} aria-hidden />}
      </button>
    </th>
  );
}

interface AllBoxProps {
  readonly ids: readonly string[];
  readonly selection: TableSelection;
}

function AllBox({ ids, selection }: AllBoxProps) {
  const count = ids.filter((id) => selection.selected.has(id)).length;
  const all = count > 0 && count === ids.length;
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label="Select all shown"
      checked={all}
      ref={(box) => {
        if (box !== null) box.indeterminate = count > 0 && !all;
      }}
      onChange={() => selection.onChange(new Set(all ? [] : ids))}
    />
  );
}

/** Whether what stands in a row takes part in the order of the tabulator: of all rows one does. */
const TabStop = createContext(true);

export function useTabStop(): number {
  return useContext(TabStop) ? 0 : -1;
}

/** The link of a row; a click anywhere on the row follows it. */
export function RowLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const tabIndex = useTabStop();
  return (
    <Link href={href} className={styles.link} tabIndex={tabIndex}>
      {children}
    </Link>
  );
}

const collator = new Intl.Collator("en", { numeric: true });

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}
