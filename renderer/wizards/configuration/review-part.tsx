// One part of the text that will be executed: where, what for, the commands, and those that take it back.
import type { PartDifference } from "#shared/plan/preview-parts.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { LineDifferenceView } from "#renderer/wizards/preview/line-difference-view.tsx";
import styles from "./review-step.module.css";

interface ReviewPartProps {
  readonly difference: PartDifference;
  /** Shows what differs from where the configuration started, instead of the whole. */
  readonly onlyDifference: boolean;
}

const machines = {
  sut: "system under test",
  loadgen: "load generator",
  guest: "guest",
  laptop: "this computer",
} as const;

export function ReviewPart({ difference: { before, after }, onlyDifference }: ReviewPartProps) {
  const part = after ?? before;
  if (part === null) return null;
  const { title, machine, kind } = part;
  return (
    <li className={styles.part}>
      <div className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        <span className={styles.where}>{`${kind} · ${machines[machine]}`}</span>
        {onlyDifference && (before === null || after === null) ? (
          <span className={styles.where}>{before === null ? "added" : "no more"}</span>
        ) : null}
      </div>
      {onlyDifference ? (
        <>
          <LineDifferenceView
            label={`${title}: what differs`}
            before={before?.lines ?? []}
            after={after?.lines ?? []}
          />
          {part.undo === null && before?.undo == null ? null : (
            <>
              <div className={styles.label}>Undo</div>
              <LineDifferenceView
                label={`Undo of ${title}: what differs`}
                before={before?.undo ?? []}
                after={after?.undo ?? []}
              />
            </>
          )}
        </>
      ) : (
        <div className={styles.both} data-undo={part.undo !== null || undefined}>
          <CommandText label={part.undo === null ? undefined : "Apply"} text={part.lines.join("\n")} />
          {part.undo === null ? null : <CommandText label="Undo" text={part.undo.join("\n")} />}
        </div>
      )}
    </li>
  );
}
