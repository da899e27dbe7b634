// Which of the flags that matter for figures each named CPU model gives a guest, as QEMU 7.2 has the models that libvirt
// 9.0.0 names (libvirt hands QEMU the name, and its own CPU map leaves out some flags that QEMU gives: F16C of Haswell).
// Flags are named as /proc/cpuinfo names them. Variants (-noTSX, -IBRS, -IBPB) differ in no flag of this list.

/** Flags that programs ask for before they choose their code, the most telling first. */
export const tellingFlags = [
  "avx512f",
  "avx2",
  "avx",
  "fma",
  "aes",
  "pclmulqdq",
  "avx512bw",
  "avx512dq",
  "avx512vl",
  "avx512cd",
  "avx512_vnni",
  "avx512ifma",
  "avx512vbmi",
  "avx512_vbmi2",
  "avx512_bitalg",
  "avx512_vpopcntdq",
  "avx512_bf16",
  "vaes",
  "vpclmulqdq",
  "gfni",
  "sha_ni",
  "sse4_2",
  "sse4_1",
  "ssse3",
  "popcnt",
  "abm",
  "bmi1",
  "bmi2",
  "adx",
  "movbe",
  "f16c",
  "erms",
  "fsrm",
  "invpcid",
  "pcid",
  "pdpe1gb",
  "rdrand",
  "rdseed",
  "xsave",
  "clwb",
  "fsgsbase",
  "rdtscp",
  "sse4a",
  "fma4",
  "xop",
] as const;

/** By model without its variant, in the order above; `qemu64` is what a guest without a model gets. */
export const cpuModelFlags: Readonly<Record<string, string>> = {
  qemu64: "",
  Broadwell:
    "avx2 avx fma aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid rdrand rdseed xsave fsgsbase rdtscp",
  "Cascadelake-Server":
    "avx512f avx2 avx fma aes pclmulqdq avx512bw avx512dq avx512vl avx512cd avx512_vnni sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp",
  Conroe: "ssse3",
  Cooperlake:
    "avx512f avx2 avx fma aes pclmulqdq avx512bw avx512dq avx512vl avx512cd avx512_vnni avx512_bf16 sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp",
  Dhyana:
    "avx2 avx fma sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c pdpe1gb rdrand rdseed xsave fsgsbase rdtscp sse4a",
  "EPYC-Milan":
    "avx2 avx fma aes pclmulqdq sha_ni sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms fsrm invpcid pcid pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp sse4a",
  "EPYC-Rome":
    "avx2 avx fma aes pclmulqdq sha_ni sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp sse4a",
  EPYC: "avx2 avx fma aes pclmulqdq sha_ni sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c pdpe1gb rdrand rdseed xsave fsgsbase rdtscp sse4a",
  Haswell:
    "avx2 avx fma aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 movbe f16c erms invpcid pcid rdrand xsave fsgsbase rdtscp",
  "Icelake-Client":
    "avx2 avx fma aes pclmulqdq avx512_vnni avx512vbmi avx512_vbmi2 avx512_bitalg avx512_vpopcntdq vaes vpclmulqdq gfni sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid rdrand rdseed xsave fsgsbase rdtscp",
  "Icelake-Server":
    "avx512f avx2 avx fma aes pclmulqdq avx512bw avx512dq avx512vl avx512cd avx512_vnni avx512vbmi avx512_vbmi2 avx512_bitalg avx512_vpopcntdq vaes vpclmulqdq gfni sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp",
  IvyBridge: "avx aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt f16c erms rdrand xsave fsgsbase rdtscp",
  Nehalem: "sse4_2 sse4_1 ssse3 popcnt",
  Opteron_G1: "",
  Opteron_G2: "",
  Opteron_G3: "popcnt abm rdtscp sse4a",
  Opteron_G4: "avx aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt abm pdpe1gb xsave rdtscp sse4a fma4 xop",
  Opteron_G5: "avx fma aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt abm f16c pdpe1gb xsave rdtscp sse4a fma4 xop",
  Penryn: "sse4_1 ssse3",
  SandyBridge: "avx aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt xsave rdtscp",
  "Skylake-Client":
    "avx2 avx fma aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid rdrand rdseed xsave fsgsbase rdtscp",
  "Skylake-Server":
    "avx512f avx2 avx fma aes pclmulqdq avx512bw avx512dq avx512vl avx512cd sse4_2 sse4_1 ssse3 popcnt abm bmi1 bmi2 adx movbe f16c erms invpcid pcid pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp",
  Snowridge:
    "aes pclmulqdq gfni sha_ni sse4_2 sse4_1 ssse3 popcnt movbe erms pdpe1gb rdrand rdseed xsave clwb fsgsbase rdtscp",
  Westmere: "aes pclmulqdq sse4_2 sse4_1 ssse3 popcnt",
};
