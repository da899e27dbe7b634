// The frequency governor of both hosts, as it was asked for and unchanged.
import { check, type EvidenceJudge, itemOfOffering, unknown } from "./evidence-inputs.ts";
import { hostsOf, windowOf } from "./window.ts";

export const judgeGovernor: EvidenceJudge = (inputs) => {
  const asked = inputs.governor;
  const expected = asked === null ? "governor unchanged" : `governor ${asked}`;
  const hosts = hostsOf(inputs).map(({ name, moments }) => {
    const window = windowOf(moments);
    if (typeof window === "string") return { offered: true, check: unknown(expected, `${name}, ${window}`) };
    const [before, after] = [window.before.governors, window.after.governors];
    if (after.size === 0)
      return { offered: false, check: unknown(expected, `${name} has no frequency control (cpufreq)`) };
    const wrong = [...after].filter(
      ([policy, governor]) => governor !== (asked ?? before.get(policy)) || before.get(policy) !== governor,
    );
    const names = [...new Set(after.values())].join(", ");
    const [first] = wrong;
    const told =
      first === undefined
        ? `governor ${names} on ${name} (${after.size} policies)`
        : `governor of policy ${first[0]} on ${name}: ${before.get(first[0]) ?? "none"} before, ${first[1]} after` +
          (wrong.length > 1 ? `; ${wrong.length} policies differ` : "");
    return { offered: true, check: check(first === undefined, expected, told) };
  });
  return itemOfOffering("governor", hosts);
};
