// Cells that the lab does not offer, by reason: a calm list, for nothing has failed.
import type { ReactNode } from "react";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { RefusedCell } from "#shared/model/result.ts";
import type { Condition } from "#shared/model/workload.ts";
import { countText } from "#shared/report/number.ts";
import { SlotKey } from "./slot-key.tsx";
import styles from "./refused-list.module.css";

interface RefusedListProps {
  readonly refused: readonly RefusedCell[];
  readonly conditions: readonly Condition[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  /** Stands after a reason: the way to what can be changed. */
  readonly renderAfter?: (reason: string) => ReactNode;
}

export function RefusedList({ refused, conditions, looks, renderAfter }: RefusedListProps) {
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  return (
    <ul className={styles.list}>
      {reasons.map((reason) => {
        const cells = refused.filter((cell) => cell.reason === reason);
        const slots = [...new Set(cells.map(({ slot }) => slot))];
        return (
          <li key={reason} className={styles.item}>
            <p className={styles.reason}>
              {reason} {renderAfter?.(reason)}
            </p>
            <ul className={styles.cells}>
              {slots.map((slot) => {
                const look = looks.get(slot);
                const ids = cells.filter((cell) => cell.slot === slot).map(({ conditionId }) => conditionId);
                return (
                  <li key={slot} className={styles.cell}>
                    {look === undefined ? slot : <SlotKey look={look} />}
                    <span>{conditionsText(ids, conditions)}</span>
                  </li>
                );
              })}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

const few = 4;

/** The labels of a few conditions, the number of many. */
function conditionsText(ids: readonly string[], conditions: readonly Condition[]): string {
  const labels = conditions.filter(({ id }) => ids.includes(id)).map(({ label }) => label);
  return labels.length <= few ? labels.join("; ") : countText(labels.length, "cell");
}
