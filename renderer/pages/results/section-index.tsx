// The sections of the results in one line that stays in view: where one is, and the way to the others.
import { useEffect, useRef, useState, type RefObject } from "react";
import { startHoldingAtTop } from "./scroll-to.ts";
import styles from "./section-index.module.css";

export interface IndexEntry {
  /** Id of the section's element. */
  readonly id: string;
  readonly title: string;
}

export function SectionIndex({ entries }: { readonly entries: readonly IndexEntry[] }) {
  const bar = useRef<HTMLElement>(null);
  const release = useRef<() => void>(() => undefined);
  const current = useCurrent(entries, bar);
  useEffect(() => () => release.current(), []);
  useEffect(() => {
    const link = bar.current?.querySelector<HTMLElement>(`[href="#${current ?? ""}"]`);
    if (link == null || bar.current === null) return;
    // Only the bar itself moves, never the page.
    bar.current.scrollTo({ left: link.offsetLeft - bar.current.clientWidth / 3 });
  }, [current]);
  return (
    <nav className={styles.index} ref={bar} aria-label="Sections of the results">
      {entries.map(({ id, title }) => (
        <a
          key={id}
          href={`#${id}`}
          className={styles.link}
          aria-current={id === current ? "true" : undefined}
          onClick={(event) => {
            event.preventDefault();
            const section = document.getElementById(id);
            if (section === null) return;
            release.current();
            release.current = startHoldingAtTop(section, (bar.current?.clientHeight ?? 0) + 10);
            section.focus({ preventScroll: true });
          }}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

/** The last section that has reached the bar; the first one before any has. */
function useCurrent(entries: readonly IndexEntry[], bar: RefObject<HTMLElement | null>): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const scroller = bar.current?.closest("[data-scroller]");
    if (scroller == null) return;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const line = (bar.current?.getBoundingClientRect().bottom ?? 0) + 40;
      const reached = entries.filter(
        ({ id }) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) <= line,
      );
      const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
      const last = atEnd && scroller.scrollTop > 0 ? entries.at(-1) : reached.at(-1);
      setCurrent((last ?? entries[0])?.id ?? null);
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
  }, [entries, bar]);
  return current;
}
