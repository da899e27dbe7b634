// CPU time that a hypervisor below the hosts took from them.
import { check, type EvidenceJudge, itemOf, unknown } from "./evidence-inputs.ts";
import { stealShare } from "./host-counters.ts";
import { hostsOf, windowOf } from "./window.ts";

/** One part in a hundred of all CPU time is about the smallest difference that ten blocks can tell. */
const limit = 0.01;

export const judgeSteal: EvidenceJudge = (inputs) => {
  const expected = `at most ${100 * limit} % of CPU time stolen`;
  const checks = hostsOf(inputs).map(({ name, moments }) => {
    const window = windowOf(moments);
    const share = stealShare(moments);
    if (share === null)
      return unknown(expected, `${name}, ${typeof window === "string" ? window : "no CPU time was counted"}`);
    return check(share <= limit, expected, `${(100 * share).toFixed(2)} % of CPU time stolen from ${name}`);
  });
  return itemOf("steal", true, checks);
};
