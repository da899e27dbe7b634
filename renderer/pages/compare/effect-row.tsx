// One quantity of one cell in two campaigns: both values, their ratio, and whether it is real.
import { subjectTitle } from "#shared/dataset/subject-title.ts";
import type { Effect, EffectTest } from "#shared/model/comparison.ts";
import { ratioWithInterval, significant } from "#shared/report/number.ts";
import styles from "./compare-table.module.css";

interface EffectRowProps {
  readonly effect: Effect;
  /** Shown where there are more than two. */
  readonly campaign: string | null;
}

export function EffectRow({ effect, campaign }: EffectRowProps) {
  const { subject, title, conditionLabel, label, unit, means, value, overhead, reason, cautions } = effect;
  return (
    <tr>
      <th scope="row" className={styles.cell}>
        {subjectTitle(subject)}: {title}
        <span className={styles.where}>
          {label}
          {conditionLabel === "" ? "" : `, ${conditionLabel}`}
        </span>
      </th>
      {campaign === null ? null : <td className={styles.value}>{campaign}</td>}
      {means.map((mean, index) => (
        <td key={index === 0 ? "first" : "this"} data-number>
          {significant(mean, 4)} {unit}
        </td>
      ))}
      <TestCells test={value} better={effect.better} />
      <TestCells test={overhead} better={effect.better} />
      <td className={styles.marks}>{remarks(effect, reason, cautions)}</td>
    </tr>
  );
}

function remarks(
  { value, overhead, means }: Effect,
  reason: string | null,
  cautions: readonly string[],
): string {
  const untested = value === null && overhead === null && reason === null;
  return [
    ...(reason === null ? [] : [reason]),
    ...(untested
      ? [`Not tested: too few repeats; the ratio of the means is ${significant(means[1] / means[0], 3)}.`]
      : []),
    ...(cautions.length === 0 ? [] : [`Not the same: ${cautions.join(", ")}.`]),
  ].join(" ");
}

interface TestCellsProps {
  readonly test: EffectTest | null;
  readonly better: Effect["better"];
}

function TestCells({ test, better }: TestCellsProps) {
  if (test === null)
    return (
      <>
        <td className={styles.none}>–</td>
        <td data-number className={styles.none}>
          –
        </td>
      </>
    );
  const { ratio, adjusted, real } = test;
  return (
    <>
      <td data-real={real ?? undefined} className={styles.effect}>
        {ratioWithInterval(ratio)} <span className={styles.verdict}>{verdict(test, better)}</span>
      </td>
      <td data-number className={styles.effect} data-real={real ?? undefined}>
        {adjusted === null ? "–" : adjusted < 0.001 ? "< 0.001" : adjusted.toFixed(3)}
      </td>
    </>
  );
}

/** In words, as colour alone tells nothing. */
function verdict({ ratio, real }: EffectTest, better: Effect["better"]): string {
  if (real === null) return "not tested";
  if (!real) return "not distinguishable";
  const more = ratio.value > 1;
  if (better === null) return more ? "real: more" : "real: less";
  return more === (better === "higher") ? "real: better" : "real: worse";
}
