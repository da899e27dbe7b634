// The clock that every duration was measured by: the kernel gives one up that it finds unstable.
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  unknown,
} from "./evidence-inputs.ts";
import { isMissing } from "./snapshot.ts";
import { windowOf } from "./window.ts";

export const judgeClockSource: EvidenceJudge = (inputs) => {
  const { facts, sut, loadgen, loadgenProgram } = inputs;
  return itemOf("clock-source", true, [
    hostCheck(facts.sut.hostname, facts.sut.clockSource, sut),
    ...(loadgenProgram === null
      ? []
      : [
          hostCheck(
            facts.loadgen?.hostname ?? "the load generator",
            facts.loadgen?.clockSource ?? null,
            loadgen,
          ),
        ]),
    ...guestCheck(inputs),
  ]);
};

function hostCheck(name: string, known: string | null, moments: EvidenceInputs["sut"]): Check {
  const window = windowOf(moments);
  const expected = "clock source unchanged";
  if (typeof window === "string") return unknown(expected, `${name}, ${window}`);
  const [before, after] = [window.before.clockSource, window.after.clockSource];
  const seen = [...new Set([known ?? before, before, after])].map((source) => source ?? "none");
  const told = seen.length === 1 ? `${seen[0]} on ${name}` : `${seen.join(", then ")} on ${name}`;
  return check(seen.length === 1, expected, told);
}

function guestCheck({ configuration, facts, guest }: EvidenceInputs): readonly Check[] {
  if (configuration.environment !== "kvm" || isMissing(guest) || facts.guest === null) return [];
  const known = facts.guest.clockSource;
  const told =
    guest.clockSource === known
      ? `${known ?? "none"} in the guest`
      : `${known ?? "none"}, then ${guest.clockSource ?? "none"} in the guest`;
  return [check(guest.clockSource === known, "clock source unchanged", told)];
}
