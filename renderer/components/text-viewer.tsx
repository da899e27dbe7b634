// A long text, line by line, with line numbers; only the lines in sight are drawn.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import styles from "./text-viewer.module.css";

interface TextViewerProps {
  readonly text: string;
  readonly label: string;
}

export function TextViewer({ text, label }: TextViewerProps) {
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n"), [text]);
  const longest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.length), 0), [lines]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 19,
    overscan: 30,
  });
  const digits = String(lines.length).length;
  return (
    <section className={styles.viewer} ref={scroller} tabIndex={0} aria-label={label}>
      <div
        className={styles.lines}
        style={{ height: virtualizer.getTotalSize(), minWidth: `${longest + digits + 5}ch` }}
      >
        {virtualizer.getVirtualItems().map((item) => (
          <div key={item.key} className={styles.line} style={{ transform: `translateY(${item.start}px)` }}>
            <span className={styles.number} style={{ width: `${digits + 1}ch` }} aria-hidden>
              {item.index + 1}
            </span>
            {lines[item.index]}
          </div>
        ))}
      </div>
    </section>
  );
}
