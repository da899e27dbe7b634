// At which frequency the SUT's CPUs ran, by the sampler; told for context, as load and turbo move it within its limits.
import { check, type EvidenceJudge, itemOf, unknown } from "./evidence-inputs.ts";
import { isMissing } from "./snapshot.ts";

export const judgeFrequency: EvidenceJudge = ({ facts, samples, sut }) => {
  const base = isMissing(sut.after) ? null : sut.after.baseKhz;
  const expected =
    base === null
      ? "the mean at or above the base frequency"
      : `a mean of at least ${ghz(base)} GHz, the base frequency`;
  const frequency = samples.sut?.frequencyKhz ?? null;
  const name = facts.sut.hostname;
  if (samples.sut === null)
    return itemOf("frequency", false, [unknown(expected, "the run was too short for a sample")]);
  if (frequency === null)
    return itemOf("frequency", false, [unknown(expected, `${name} does not tell its CPUs' frequency`)]);
  const { min, mean, max } = frequency;
  const told = `${ghz(mean)} GHz in the mean (${ghz(min)} to ${ghz(max)})`;
  return itemOf("frequency", false, [
    base === null
      ? unknown(expected, `${told}; the driver does not tell the base frequency`)
      : check(mean >= base, expected, told),
  ]);
};

function ghz(khz: number): string {
  return (khz / 1e6).toFixed(2);
}
