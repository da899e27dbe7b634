// The keyboard and the selection of a table: one row is the tab stop, arrows move it, space and shift select.
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";

export interface TableSelection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
}

interface TableKeysOptions {
  /** Ids of all rows in the order shown. */
  readonly ids: readonly string[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly body: React.RefObject<HTMLTableSectionElement | null>;
  readonly selection: TableSelection | undefined;
  readonly active: string | null;
  /** The row that had the focus last; it may be gone. */
  readonly focused: string | null;
  readonly setActive: (id: string) => void;
  readonly onRowKey: ((id: string, event: React.KeyboardEvent) => void) | undefined;
}

const pageRows = 12;

export function useTableKeys(options: TableKeysOptions) {
  const { ids, virtualizer, body, selection, active, focused, setActive, onRowKey } = options;
  const wanted = useRef<string | null>(null);
  /** Where a range begins that shift extends. */
  const [anchor, setAnchor] = useState<string | null>(null);

  // A row far away is drawn only after the list has scrolled to it; then it takes the focus.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`);
    const target = row?.querySelector<HTMLElement>("a, button") ?? null;
    if (target === null) return;
    wanted.current = null;
    target.focus({ preventScroll: true });
  });

  // Where the row with the focus is gone, removed say, the keyboard goes on at its place.
  const place = useRef(0);
  useEffect(() => {
    if (focused === null || ids.length === 0) return;
    const index = ids.indexOf(focused);
    if (index !== -1) place.current = index;
    else if (document.activeElement === document.body) {
      wanted.current = ids[Math.min(place.current, ids.length - 1)] ?? null;
      if (wanted.current !== null) setActive(wanted.current);
    }
  }, [ids, focused, setActive]);

  const focusRow = (index: number): string | null => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id === undefined) return null;
    wanted.current = id;
    setActive(id);
    virtualizer.scrollToIndex(ids.indexOf(id), { align: "auto" });
    return id;
  };

  const toggle = (id: string): void => {
    if (selection === undefined) return;
    const selected = new Set(selection.selected);
    if (!selected.delete(id)) selected.add(id);
    selection.onChange(selected);
    setAnchor(id);
  };

  const extendTo = (id: string): void => {
    if (selection === undefined) return;
    const from = ids.indexOf(anchor ?? active ?? id);
    const to = ids.indexOf(id);
    const range = ids.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1);
    selection.onChange(new Set([...selection.selected, ...range]));
    if (anchor === null) setAnchor(active ?? id);
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const id = rowOf(event.target);
    if (id === null) return;
    const index = ids.indexOf(id);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + pageRows,
      PageUp: index - pageRows,
      Home: 0,
      End: ids.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const reached = focusRow(to);
      if (event.shiftKey && reached !== null) extendTo(reached);
      else setAnchor(null);
    } else if (event.key === " " && selection !== undefined && isLink(event.target)) {
      event.preventDefault();
      if (event.shiftKey) extendTo(id);
      else toggle(id);
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey) && selection !== undefined) {
      event.preventDefault();
      selection.onChange(new Set(ids));
    } else if (event.key === "Escape" && selection !== undefined && selection.selected.size > 0) {
      event.preventDefault();
      event.stopPropagation();
      selection.onChange(new Set());
    } else onRowKey?.(id, event);
  };

  // Shift and a click selects up to there instead of opening another window.
  const onClickCapture = (event: React.MouseEvent): void => {
    const id = rowOf(event.target);
    if (id === null || selection === undefined || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    extendTo(id);
  };

  return { onKeyDown, onClickCapture, toggle };
}

function rowOf(target: EventTarget): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return row?.dataset["row"] ?? null;
}

function isLink(target: EventTarget): boolean {
  return target instanceof HTMLAnchorElement;
}
