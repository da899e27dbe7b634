// CPUs that were slowed down because of their heat or power, by the counters of their own.
import { check, type EvidenceJudge, itemOfOffering, unknown } from "./evidence-inputs.ts";
import { hostsOf, windowOf } from "./window.ts";

export const judgeThrottling: EvidenceJudge = (inputs) => {
  const expected = "no CPU slowed down for its heat";
  const hosts = hostsOf(inputs).map(({ name, moments }) => {
    const window = windowOf(moments);
    if (typeof window === "string") return { offered: true, check: unknown(expected, `${name}, ${window}`) };
    const { before, after } = window;
    if (after.throttles.size === 0)
      return { offered: false, check: unknown(expected, `${name} has no counters of thermal throttling`) };
    const times = [...after.throttles].map(([counter, count]) => ({
      counter,
      times: Math.max(0, count - (before.throttles.get(counter) ?? count)),
    }));
    const slowed = times.filter((each) => each.times > 0);
    const [first] = slowed.toSorted((a, b) => b.times - a.times);
    const told =
      first === undefined
        ? `no throttling on ${name} (${times.length} counters)`
        : `${slowed.length} of ${times.length} counters of ${name} rose, most of all ${first.counter} by ${first.times}`;
    return { offered: true, check: check(first === undefined, expected, told) };
  });
  return itemOfOffering("throttling", hosts);
};
