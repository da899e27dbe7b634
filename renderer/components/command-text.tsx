// Commands as they would be typed, with a copy button; long ones are cut until they are asked for.
import { useState } from "react";
import { CopyButton } from "./copy-button.tsx";
import styles from "./command-text.module.css";

interface CommandTextProps {
  readonly label?: string;
  readonly text: string;
}

const shownLines = 10;

export function CommandText({ label, text }: CommandTextProps) {
  const [whole, setWhole] = useState(false);
  const lines = text.split("\n");
  const long = lines.length > shownLines + 2;
  const shown = long && !whole ? lines.slice(0, shownLines).join("\n") : text;
  return (
    <div className={styles.command}>
      {label === undefined ? null : <div className={styles.label}>{label}</div>}
      <pre className={styles.text}>{text === "" ? "(no command)" : shown}</pre>
      {long ? (
        <button type="button" className={styles.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? "Show less" : `Show all ${lines.length} lines`}
        </button>
      ) : null}
      <div className={styles.copy}>
        <CopyButton text={text} label={label === undefined ? "Copy the command" : `Copy: ${label}`} />
      </div>
    </div>
  );
}
