// What only a person can do on a host: what to do, and the lines to copy.
import type { CopyMend } from "#shared/model/mend.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import styles from "./preflight-step.module.css";

export function CopyLines({ mend }: { readonly mend: CopyMend }) {
  return (
    <div className={styles.lines}>
      <p className={styles.how}>{mend.how}</p>
      <CommandText text={mend.lines.join("\n")} />
    </div>
  );
}
