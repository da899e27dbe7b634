// One option as a card: what it means in a line, and why it cannot be had where that is so.
import { Radio } from "@mantine/core";
import { useId, type Ref } from "react";
import styles from "./choice-card.module.css";

export interface CardOption {
  readonly value: string;
  readonly title: string;
  readonly words: string;
  /** Why it cannot be had; null where it can. */
  readonly reason: string | null;
  /** The host has it so now. */
  readonly now?: boolean;
}

interface ChoiceCardProps extends CardOption {
  readonly chosen: boolean;
  /** A reason that stands elsewhere. */
  readonly disabled: boolean;
  /** Of its radio. */
  readonly focusRef: Ref<HTMLInputElement> | undefined;
}

/** What is chosen although it cannot be had stays chosen, and says so. */
export function ChoiceCard(props: ChoiceCardProps) {
  const { value, title, words, reason, now = false, chosen, disabled, focusRef } = props;
  const refused = (disabled || reason !== null) && !chosen;
  const id = useId();
  return (
    <div className={styles.card} data-chosen={chosen || undefined} data-refused={refused || undefined}>
      <Radio
        id={id}
        value={value}
        label={
          <>
            {title}
            {now ? <span className={styles.now}>now</span> : null}
          </>
        }
        description={words}
        disabled={refused}
        ref={focusRef}
        classNames={{ inner: styles.control, label: styles.title }}
      />
      {reason === null ? null : (
        <p className={styles.reason} data-chosen={chosen || undefined}>
          {reason}
        </p>
      )}
    </div>
  );
}
