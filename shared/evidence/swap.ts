// Pages that went to or came from swap while something was measured.
import { check, type EvidenceJudge, itemOf, unknown } from "./evidence-inputs.ts";
import { hostsOf, windowOf } from "./window.ts";

export const judgeSwap: EvidenceJudge = (inputs) => {
  const expected = "no page swapped in or out";
  const checks = hostsOf(inputs).map(({ name, moments }) => {
    const window = windowOf(moments);
    if (typeof window === "string") return unknown(expected, `${name}, ${window}`);
    const { before, after } = window;
    if (after.swapTotalKib === 0 && before.swapTotalKib === 0)
      return check(true, expected, `${name} has no swap`);
    if (before.swappedPages === null || after.swappedPages === null)
      return unknown(expected, `${name} does not count swapped pages`);
    const into = Math.max(0, after.swappedPages.in - before.swappedPages.in);
    const out = Math.max(0, after.swappedPages.out - before.swappedPages.out);
    return check(into + out === 0, expected, `${into} pages swapped in and ${out} out on ${name}`);
  });
  return itemOf("swap", true, checks);
};
