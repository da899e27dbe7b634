// The summary of a wizard: a column at the right, or in a narrow window a part under the step that opens.
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import styles from "./summary-rail.module.css";

/** Below this width of the window the steps are a strip and the summary is closed; the style sheets name it too. */
const narrow = "(max-width: 1180px)";

export function SummaryRail({ children }: { readonly children: ReactNode }) {
  const closable = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState(false);
  const id = useId();
  const open = !closable || opened;
  return (
    <div className={styles.rail}>
      {closable ? (
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpened(!opened)}
        >
          <IconChevronRight className={styles.arrow} size={13} stroke={1.8} aria-hidden />
          Summary
        </button>
      ) : null}
      {open ? (
        // Scrolls by itself, so the keyboard must reach it.
        <section id={id} className={styles.summary} aria-label="Summary" tabIndex={0}>
          {children}
        </section>
      ) : null}
    </div>
  );
}
