// What differs between the results: real differences first, the largest before; then all others, in grey.
import { Button, SegmentedControl, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Comparison, Correction, Effect } from "#shared/model/comparison.ts";
import { countText } from "#shared/report/number.ts";
import { Section } from "#renderer/components/section.tsx";
import type { CompareChoice } from "./compare-state.ts";
import { EffectRow } from "./effect-row.tsx";
import styles from "./compare-table.module.css";

interface EffectsSectionProps {
  readonly comparison: Comparison;
  readonly choice: CompareChoice;
  readonly change: (part: Partial<CompareChoice>) => void;
}

/** Rows that are drawn before more are asked for. */
const atOnce = 100;

const texts: Readonly<Record<Correction, string>> = {
  "benjamini-hochberg":
    "Benjamini and Hochberg (1995): of the differences that are called real, 5 % are expected to be none.",
  holm: "Holm (1979): the chance that even one of the differences called real is none is at most 5 %.",
};

export function EffectsSection({ comparison, choice, change }: EffectsSectionProps) {
  const { campaigns, effects, unmatched } = comparison;
  const [most, setMost] = useState(atOnce);
  const shown = useMemo(
    () => effects.filter((effect) => (choice.all || effect.primary) && (!choice.onlyReal || isReal(effect))),
    [effects, choice.all, choice.onlyReal],
  );
  const real = shown.filter(isReal).length;
  const names = new Map(campaigns.map(({ id, name }) => [id, name]));
  return (
    <Section
      title="What they found"
      aside={`${countText(real, "real difference")} of ${countText(shown.length, "comparison")}`}
      flush
    >
      <div className={styles.tools}>
        <SegmentedControl
          aria-label="Correction for the number of comparisons"
          value={choice.correction}
          onChange={(value) => change({ correction: value === "holm" ? "holm" : "benjamini-hochberg" })}
          transitionDuration={0}
          data={[
            { value: "benjamini-hochberg", label: "Benjamini–Hochberg" },
            { value: "holm", label: "Holm" },
          ]}
        />
        <Switch
          label="Real differences only"
          checked={choice.onlyReal}
          onChange={(event) => change({ onlyReal: event.currentTarget.checked })}
        />
        <Switch
          label="Every quantity"
          checked={choice.all}
          onChange={(event) => change({ all: event.currentTarget.checked })}
        />
        <p className={styles.explanation}>
          {texts[choice.correction]} Values are compared by Welch’s t on logarithms, overheads by the ratios
          to each campaign’s own native. Real is what has a corrected p below 0.05 and exceeds both noise
          floors.
        </p>
      </div>
      {unmatched.map(({ campaignId, count }) =>
        count === 0 ? null : (
          <p key={campaignId} className={styles.remark}>
            {countText(count, "value")} of {names.get(campaignId) ?? campaignId}{" "}
            {count === 1 ? "has" : "have"} no counterpart in {campaigns[0]?.name ?? "the first campaign"} and{" "}
            {count === 1 ? "is" : "are"} not compared.
          </p>
        ),
      )}
      {shown.length === 0 ? (
        <p className={styles.remark}>
          {effects.length === 0
            ? "The campaigns have no cell and quantity in common."
            : choice.onlyReal
              ? "No difference is real by this correction. More blocks make smaller differences visible."
              : "They have secondary quantities in common alone: see “Every quantity”."}
        </p>
      ) : (
        <EffectTable effects={shown.slice(0, most)} campaigns={campaigns} />
      )}
      {shown.length > most ? (
        <div className={styles.more}>
          <Button variant="default" onClick={() => setMost(most + 10 * atOnce)}>
            Show more: {shown.length - most} are left
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

function isReal({ value, overhead }: Effect): boolean {
  return value?.real === true || overhead?.real === true;
}

interface EffectTableProps {
  readonly effects: readonly Effect[];
  readonly campaigns: Comparison["campaigns"];
}

function EffectTable({ effects, campaigns }: EffectTableProps) {
  const several = campaigns.length > 2;
  const [first] = campaigns;
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label="Effects">
        <thead>
          <tr>
            <th scope="col">Quantity and cell</th>
            {several ? <th scope="col">Campaign</th> : null}
            <th scope="col" data-number>
              {first?.name ?? "First"}
            </th>
            <th scope="col" data-number>
              {several ? "This one" : (campaigns[1]?.name ?? "Second")}
            </th>
            <th scope="col">Value, this to the first (95 %)</th>
            <th scope="col" data-number>
              p, corrected
            </th>
            <th scope="col">Overhead, this to the first (95 %)</th>
            <th scope="col" data-number>
              p, corrected
            </th>
            <th scope="col">Remarks</th>
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <EffectRow
              key={effect.key}
              effect={effect}
              campaign={several ? (campaigns.find(({ id }) => id === effect.campaignId)?.name ?? "") : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
