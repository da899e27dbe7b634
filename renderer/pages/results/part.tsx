// One part of the results: a place to scroll to, whose content is made when it comes close.
import { useRef, type ReactNode } from "react";
import { Section } from "#renderer/components/section.tsx";
import { useNear } from "./use-near.ts";
import styles from "./part.module.css";

interface PartProps {
  readonly id: string;
  readonly title: string;
  /** Pixels that the content will take, roughly: the page keeps its length. */
  readonly height: number;
  /** Makes the part's panel, with the same title. */
  readonly children: () => ReactNode;
}

export function Part({ id, title, height, children }: PartProps) {
  const box = useRef<HTMLDivElement>(null);
  const near = useNear(box);
  return (
    <div id={id} className={styles.part} ref={box} tabIndex={-1}>
      {near ? (
        children()
      ) : (
        <Section title={title} flush>
          <div style={{ height }} />
        </Section>
      )}
    </div>
  );
}
