// The host's CPU features in a guest that was to have them.
import { check, type EvidenceJudge, itemOf, unknown } from "./evidence-inputs.ts";

/** What compilers, BLAS, libc and cipher libraries choose their code by: a guest without it runs other code. */
const features =
  /^(sse3|pni|ssse3|sse4_[12]|popcnt|aes|pclmulqdq|avx|avx2|avx_vnni|fma|f16c|bmi[12]|movbe|erms|fsrm|sha_ni|vaes|vpclmulqdq|gfni|avx512\w+|amx_\w+|rdrand|rdseed|asimd\w*|sve\w*|sha[0-9]+|atomics|pmull|crc32)$/;

/** Features that are named in a sentence; the others are counted. */
const named = 8;

export const judgeCpuFlags: EvidenceJudge = ({ configuration, facts, accelerator }) => {
  if (configuration.environment !== "kvm") return null;
  const { cpuModel } = configuration.machine;
  if (cpuModel !== "host-passthrough" && cpuModel !== "host-model") return null;
  const wanted = facts.sut.cpu.flags.filter((flag) => features.test(flag));
  const expected = `${cpuModel}: all ${wanted.length} vector, cipher and string features of the host's CPU in the guest`;
  // The emulator has features of its own, whatever was asked for; such runs are marked emulated.
  const required = accelerator !== "tcg";
  if (facts.guest === null)
    return itemOf("cpu-flags", required, [unknown(expected, "the guest's facts were not recorded")]);
  const there = new Set(facts.guest.cpu.flags);
  const lacking = wanted.filter((flag) => !there.has(flag));
  const rest = lacking.length > named ? ` and ${lacking.length - named} more` : "";
  const found =
    lacking.length === 0
      ? `all ${wanted.length} there`
      : `${lacking.length} of ${wanted.length} lacking: ${lacking.slice(0, named).join(", ")}${rest}`;
  return itemOf("cpu-flags", required, [check(lacking.length === 0, expected, found)]);
};
