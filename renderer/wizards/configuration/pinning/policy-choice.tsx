// One NUMA policy to choose, with what it means, or why the SUT does not offer it.
import { Radio } from "@mantine/core";
import type { Ref } from "react";
import styles from "./policy-choice.module.css";

interface PolicyChoiceProps {
  /** Of its radio. */
  readonly ref: Ref<HTMLInputElement> | undefined;
  readonly value: string;
  readonly title: string;
  readonly words: string;
  readonly reason: string | null;
  readonly chosen: boolean;
}

export function PolicyChoice({ ref, value, title, words, reason, chosen }: PolicyChoiceProps) {
  return (
    <div className={styles.choice} data-chosen={chosen || undefined}>
      <Radio
        ref={ref}
        value={value}
        label={title}
        description={words}
        disabled={reason !== null && !chosen}
      />
      {reason === null ? null : (
        <p className={styles.reason} data-chosen={chosen || undefined}>
          {reason}
        </p>
      )}
    </div>
  );
}
