// The list of all figures beside them, by group; a choice above them where there is no room beside.
import { NativeSelect } from "@mantine/core";
import { useEffect, useRef } from "react";
import { figureNumber, sectionId, type FigureGroup } from "./figure-groups.ts";
import styles from "./figure-index.module.css";

interface FigureIndexProps {
  readonly groups: readonly FigureGroup[];
  /** Id of the figure that is being looked at. */
  readonly current: string | null;
  readonly onGo: (figureId: string) => void;
}

export function FigureIndex({ groups, current, onGo }: FigureIndexProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = box.current?.querySelector<HTMLElement>(`[href="#${sectionId(current ?? "")}"]`);
    if (link == null || box.current === null) return;
    // Only the list itself moves, never the page.
    const { offsetTop, offsetHeight } = link;
    const { scrollTop, clientHeight } = box.current;
    if (offsetTop < scrollTop) box.current.scrollTop = offsetTop - 30;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      box.current.scrollTop = offsetTop + offsetHeight - clientHeight + 30;
  }, [current]);
  return (
    <>
      <nav className={styles.index} ref={box} aria-label="Figures" tabIndex={-1}>
        {groups.map(({ title, figures }) => (
          <div key={title}>
            <div className={styles.group}>{title}</div>
            {figures.map((figure) => (
              <a
                key={figure.id}
                href={`#${sectionId(figure.id)}`}
                className={styles.link}
                aria-current={figure.id === current ? "true" : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  onGo(figure.id);
                }}
              >
                <span className={styles.number}>{figureNumber(figure) ?? ""}</span> {figure.title}
              </a>
            ))}
          </div>
        ))}
        <p className={styles.hint}>j and k, or ↓ and ↑ on a heading, go from figure to figure.</p>
      </nav>
      <div className={styles.narrow}>
        <NativeSelect
          label="Figure"
          size="xs"
          value={current ?? ""}
          onChange={(event) => onGo(event.currentTarget.value)}
          data={groups.map(({ title, figures }) => ({
            group: title,
            items: figures.map((figure) => ({
              value: figure.id,
              label: [figureNumber(figure), figure.title].filter(Boolean).join(": "),
            })),
          }))}
        />
      </div>
    </>
  );
}
