// Choosing on the machine map by pointer and by keyboard: click, drag, Shift, arrows; what is chosen is given by the caller.
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
} from "react";
import { applied, rangeOf, stepFrom, toggled, type CpuLayout, type Selection } from "./selection.ts";
import { cellBelow, coreOf, cpuAt, cpuOf, focusCpu } from "./map-cells.ts";

/** CPUs that belong together with one of them. */
export interface CpuKin {
  readonly core: readonly number[];
  readonly group: readonly number[];
  readonly node: readonly number[];
  readonly socket: readonly number[];
}

interface MapSelectionOptions {
  readonly layout: CpuLayout;
  readonly kin: ReadonlyMap<number, CpuKin>;
  readonly selection: Selection;
  /** A click chooses that CPU alone, in place of what was chosen: where one is looked for, as for a vCPU. */
  readonly single: boolean;
  readonly onChoose: (selection: Selection, how: HowChosen) => void;
  readonly onUndo: () => void;
}

export interface HowChosen {
  /** Goes on with the last change (a range that grows by one key after another): one undo takes back all of it. */
  readonly continued: boolean;
  /** One CPU was pointed at, and nothing else. */
  readonly pointed: boolean;
}

interface Drag {
  readonly from: number;
  readonly to: number;
  readonly base: Selection;
  readonly choose: boolean;
}

const once: HowChosen = { continued: false, pointed: false };
const steps = { ArrowLeft: "left", ArrowRight: "right", Home: "first", End: "last" } as const;
const kinKeys = { c: "core", l: "group", n: "node", s: "socket" } as const;

export function useMapSelection(options: MapSelectionOptions) {
  const { layout, kin, selection, single, onChoose, onUndo } = options;
  const [drag, showDrag] = useState<Drag | null>(null);
  // What is drawn may lag behind the pointer; where it is lifted must not.
  const latest = useRef<Drag | null>(null);
  const setDrag = useCallback((next: Drag | null): void => {
    latest.current = next;
    showDrag(next);
  }, []);
  const [focused, setFocused] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  /** What was chosen before Shift and arrows began to extend it. */
  const [extended, setExtended] = useState<Selection | null>(null);
  const shown = drag === null ? selection : draggedTo(layout, drag);
  const end = useRef<() => void>(() => undefined);
  const dragging = drag !== null;

  // The pointer may leave the map before it is lifted.
  useEffect(() => {
    if (!dragging) return undefined;
    const move = (event: globalThis.PointerEvent): void => {
      const to = cpuAt(event.clientX, event.clientY);
      const now = latest.current;
      if (to !== null && now !== null && now.to !== to) setDrag({ ...now, to });
    };
    const up = (): void => end.current();
    const drop = (): void => setDrag(null);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", drop);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", drop);
    };
  }, [dragging, setDrag]);
  useEffect(() => {
    end.current = () => {
      const done = latest.current;
      if (done === null) return;
      setDrag(null);
      onChoose(draggedTo(layout, done), { continued: false, pointed: done.from === done.to });
    };
  });

  const settle = (cpu: number): void => {
    setFocused(cpu);
    setAnchor(cpu);
    setExtended(null);
  };
  const choose = (next: Selection, how: HowChosen = once): void => {
    setExtended(null);
    onChoose(next, how);
  };

  const pointerDown = (event: PointerEvent<HTMLElement>): void => {
    const cpu = cpuOf(event.target);
    if (cpu === null || event.button !== 0 || !event.isPrimary) return;
    if (event.shiftKey && anchor !== null) {
      setFocused(cpu);
      return choose(applied(selection, rangeOf(layout, anchor, cpu), true));
    }
    settle(cpu);
    const alone = single && !event.ctrlKey && !event.metaKey;
    const base: Selection = alone ? new Set() : selection;
    setDrag({ from: cpu, to: cpu, base, choose: alone || !selection.has(cpu) });
  };
  /** Enter, Space and assistive technology; what a pointer does was handled when it went down. */
  const click = (event: MouseEvent<HTMLElement>): void => {
    const core = coreOf(event.target);
    if (core !== null) return choose(toggled(selection, kin.get(core)?.core ?? []));
    const cpu = cpuOf(event.target);
    if (cpu === null || event.detail !== 0) return;
    settle(cpu);
    choose(single ? new Set([cpu]) : toggled(selection, [cpu]), { continued: false, pointed: true });
  };
  const go = (map: HTMLElement, cpu: number, to: number, extend: boolean): void => {
    focusCpu(map, to);
    setFocused(to);
    if (!extend) {
      setAnchor(to);
      setExtended(null);
      return;
    }
    const base = extended ?? selection;
    const from = extended === null ? cpu : (anchor ?? cpu);
    setAnchor(from);
    setExtended(base);
    onChoose(applied(base, rangeOf(layout, from, to), true), {
      continued: extended !== null,
      pointed: false,
    });
  };
  const keyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, currentTarget: map } = event;
    const command = ctrlKey || metaKey;
    const cpu = cpuOf(event.target);
    const act = (what: () => void): void => {
      event.preventDefault();
      what();
    };
    if (altKey) return;
    if (command && key.toLowerCase() === "z") return act(() => choosing(onUndo));
    if (command && key.toLowerCase() === "a") return act(() => choose(new Set(layout.places.keys())));
    if (key === "Escape") return act(() => (dragging ? setDrag(null) : choose(new Set())));
    if (cpu === null || (command && !(key in steps))) return;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const to = cellBelow(map, cpu, key === "ArrowDown" ? 1 : -1) ?? cpu;
      return act(() => go(map, cpu, to, shiftKey));
    }
    if (isKeyOf(steps, key)) return act(() => go(map, cpu, stepFrom(layout, cpu, steps[key]), shiftKey));
    const wanted = key.toLowerCase();
    if (!isKeyOf(kinKeys, wanted)) return;
    act(() => choose(toggled(selection, kin.get(cpu)?.[kinKeys[wanted]] ?? [])));
  };
  const choosing = (what: () => void): void => {
    setExtended(null);
    what();
  };
  return {
    /** What is chosen, with the range that is being dragged. */
    shown,
    focused: focused !== null && layout.places.has(focused) ? focused : (layout.cores[0]?.[0] ?? null),
    choose,
    handlers: { onPointerDown: pointerDown, onClick: click, onKeyDown: keyDown },
  };
}

function draggedTo(layout: CpuLayout, { from, to, base, choose }: Drag): Selection {
  return applied(base, rangeOf(layout, from, to), choose);
}

function isKeyOf<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}
