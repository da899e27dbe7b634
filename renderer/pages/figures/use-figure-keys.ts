// Going from figure to figure: by the index, by the address, with j and k, and with the arrows on a figure's heading.
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import { startHoldingAtTop } from "#renderer/pages/results/scroll-to.ts";
import { sectionId } from "./figure-groups.ts";

interface FigureKeysOptions {
  readonly list: RefObject<HTMLElement | null>;
  /** Figures in the order in which they stand. */
  readonly ids: readonly string[];
  /** The figure that the address names. */
  readonly wanted: string | null;
  readonly onFigure: (figureId: string) => void;
}

interface FigureKeys {
  /** The figure that is being looked at. */
  readonly current: string | null;
  readonly goTo: (figureId: string) => void;
}

const steps: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** Pixels of what stays above a figure in a narrow window. */
const below = () => (window.matchMedia("(max-width: 1180px)").matches ? 64 : 10);

export function useFigureKeys({ list, ids, wanted, onFigure }: FigureKeysOptions): FigureKeys {
  const [current, setCurrent] = useState<string | null>(null);
  const release = useRef(() => {});
  const held = useRef<string | null>(null);
  useEffect(() => () => release.current(), []);

  const scrollTo = useCallback((id: string, focus: boolean): boolean => {
    const section = document.getElementById(sectionId(id));
    if (section === null) return false;
    release.current();
    release.current = startHoldingAtTop(section, below());
    if (focus) section.focus({ preventScroll: true });
    setCurrent(id);
    return true;
  }, []);

  const goTo = useCallback(
    (id: string) => {
      held.current = id;
      if (scrollTo(id, true)) onFigure(id);
    },
    [scrollTo, onFigure],
  );

  // What the address names is gone to once, when it is there.
  useEffect(() => {
    if (wanted === null || wanted === held.current || !ids.includes(wanted)) return;
    held.current = wanted;
    scrollTo(wanted, false);
  }, [wanted, ids, scrollTo]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const step = steps[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      // Arrows scroll, choose and move elsewhere; on a figure itself they go from one to the next.
      const onSection = target !== null && ids.includes(target.id);
      if (event.key.startsWith("Arrow") ? !onSection : isTyping(target)) return;
      const at = ids.indexOf(onSection ? (target?.id ?? "") : (current ?? ""));
      const next = ids[at === -1 ? 0 : Math.max(0, Math.min(ids.length - 1, at + step))];
      if (next === undefined) return;
      event.preventDefault();
      goTo(next);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [ids, current, goTo]);

  useCurrent(list, ids, setCurrent);
  return { current: current ?? ids[0] ?? null, goTo };
}

function isTyping(target: HTMLElement | null): boolean {
  return (
    target !== null &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null)
  );
}

/** Tells the last figure whose upper edge has passed the upper third of the view, as the page scrolls. */
function useCurrent(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  tell: (id: string | null) => void,
): void {
  useEffect(() => {
    const scroller = list.current?.closest("[data-scroller]");
    if (scroller == null) return;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const { top, height } = scroller.getBoundingClientRect();
      const reached = ids.filter(
        (id) =>
          (document.getElementById(sectionId(id))?.getBoundingClientRect().top ?? Infinity) <=
          top + height / 3,
      );
      tell(reached.at(-1) ?? ids[0] ?? null);
    };
    const onScroll = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    scroller.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      scroller.removeEventListener("scroll", onScroll);
      cancelAnimationFrame(frame);
    };
  }, [list, ids, tell]);
}
