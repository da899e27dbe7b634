// How old the facts are that a wizard checks against: it works on stored ones, without a connection.
import { useState } from "react";
import type { LabFacts } from "#shared/contract/labs.ts";
import { ageText } from "#renderer/format/instant.ts";

export function FactsAge({ facts }: { readonly facts: LabFacts }) {
  const [now] = useState(() => Date.now());
  const times = [facts.sut, facts.loadgen].flatMap((each) => (each === null ? [] : [each.takenAt])).sort();
  const [oldest] = times;
  if (oldest === undefined) return <div>Never probed: nothing can be checked against the machines.</div>;
  return <div>{`Checked against facts of ${ageText(oldest, now)}.`}</div>;
}
