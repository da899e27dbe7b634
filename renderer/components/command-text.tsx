// Commands as they would be typed, with a copy button.
import { CopyButton } from "./copy-button.tsx";
import styles from "./command-text.module.css";

interface CommandTextProps {
  readonly label?: string;
  readonly text: string;
}

export function CommandText({ label, text }: CommandTextProps) {
  return (
    <div className={styles.command}>
      {label === undefined ? null : <div className={styles.label}>{label}</div>}
      <pre className={styles.text}>{text === "" ? "(no command)" : text}</pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={label === undefined ? "Copy the command" : `Copy: ${label}`} />
      </div>
    </div>
  );
}
