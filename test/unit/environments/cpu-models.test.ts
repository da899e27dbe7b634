// CPU models and the flags they hide: the table against QEMU and libvirt where they are installed, and what is said of it.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { cpuModelFlags, tellingFlags } from "#shared/environments/cpu-model-flags.ts";
import { flagsText, hiddenFlags, missingFlags } from "#shared/environments/cpu-models.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { type KvmConfiguration, kvmConfigurationSchema } from "#shared/model/configuration.ts";
import { sampleFacts } from "../../fixtures/sample-sut.ts";

const sandyBridge =
  "fpu pni ssse3 sse4_1 sse4_2 aes avx popcnt pclmulqdq xsave rdtscp pcid x2apic hypervisor";
const skylake = `${sandyBridge} avx2 fma bmi1 bmi2 movbe f16c abm adx erms invpcid pdpe1gb rdrand rdseed fsgsbase clwb avx512f avx512bw avx512dq avx512vl avx512cd`;

const factsWith = (flags: string) => {
  const facts = sampleFacts();
  return { ...facts, cpu: { ...facts.cpu, flags: flags.split(" ") } };
};

test("what a model hides is what the host has and it has not, the most telling first", () => {
  expect(hiddenFlags("SandyBridge", factsWith(skylake)).slice(0, 3)).toEqual(["avx512f", "avx2", "fma"]);
  expect(hiddenFlags("SandyBridge-IBRS", factsWith(sandyBridge))).toEqual(["pcid"]);
  expect(hiddenFlags("default", factsWith("avx sse4_2 pni"))).toEqual(["avx", "sse4_2"]);
  for (const model of ["host-model", "host-passthrough", "Unheard-of", "Skylake-Server-noTSX-IBRS"])
    expect(hiddenFlags(model, factsWith(skylake))).toEqual([]);
  const arm = factsWith("fp asimd aes");
  expect(hiddenFlags("default", { cpu: { ...arm.cpu, architecture: "aarch64" } })).toEqual([]);
});

test("what a model asks for and the host has not is found the same way", () => {
  expect(missingFlags("Haswell-noTSX", factsWith(sandyBridge))).toEqual(
    expect.arrayContaining(["avx2", "fma", "bmi2"]),
  );
  expect(missingFlags("SandyBridge", factsWith(skylake))).toEqual([]);
  expect(missingFlags("SandyBridge", sampleFacts())).toEqual([]);
});

test("flags are written as the vendors write them, eight at most", () => {
  expect(flagsText(["avx512f", "avx512_vnni", "sse4_2", "abm", "pdpe1gb"])).toBe(
    "AVX-512 F, AVX-512 VNNI, SSE4.2, LZCNT, 1 GiB pages",
  );
  expect(flagsText(tellingFlags)).toMatch(/ and \d+ more$/);
});

const guest = (cpuModel: string, accelerator: "auto" | "tcg" = "auto"): KvmConfiguration =>
  kvmConfigurationSchema.parse({
    id: "kvm",
    label: "KVM",
    environment: "kvm",
    pinning: { memory: { policy: "default" } },
    pages: {},
    machine: { accelerator, vcpus: 2, memoryMiB: 1024, cpuModel, hugePages: false },
    network: { mode: "bridge", vhost: "auto" },
    storage: { format: "raw", cache: "none", io: "native", ioThread: false },
  });
const toldOf = (configuration: KvmConfiguration, facts = factsWith(skylake)) =>
  environmentOf(configuration)
    .check(configuration, facts)
    .filter(({ field }) => field === "machine.cpuModel")
    .map(({ text }) => text);

test("a guest's check names them; not under emulation, where the model does not count", () => {
  expect(toldOf(guest("default"))).toEqual([
    expect.stringMatching(
      /^libvirt's default CPU model \(qemu64\) hides from the guest what the CPU of sut1 has: AVX-512 F, AVX2, AVX, FMA, AES, PCLMULQDQ, AVX-512 BW, AVX-512 DQ and \d+ more\.$/,
    ),
  ]);
  expect(toldOf(guest("EPYC-Milan"))).toEqual([
    "The CPU of sut1 does not have SHA, FSRM, SSE4A, which the CPU model EPYC-Milan asks for: the guest would not start.",
  ]);
  expect(toldOf(guest("host-passthrough"))).toEqual([]);
  expect(toldOf(guest("default", "tcg"))).toEqual([]);
  const emulated = { ...factsWith(skylake), kvm: { present: true, usable: false, reason: "" } };
  expect(toldOf(guest("default"), emulated)).toEqual([]);
});

const comparable = (flag: string) => flag.replaceAll(/[._]/g, "-");
/** Names of the same flag: /proc/cpuinfo's first. */
const otherNames: Readonly<Record<string, string>> = {
  pclmulqdq: "pclmuldq",
  "avx512-vnni": "avx512vnni",
  "avx512-vbmi2": "avx512vbmi2",
  "avx512-bitalg": "avx512bitalg",
};
const sameFlags = (flags: Iterable<string>) => {
  const there = new Set([...flags].map(comparable));
  return tellingFlags.filter((flag) => {
    const name = comparable(flag);
    return there.has(name) || there.has(otherNames[name] ?? name);
  });
};
const variants = ["", "-noTSX", "-IBRS", "-noTSX-IBRS", "-IBPB"];

const qemu = spawnSync("qemu-system-x86_64", ["--version"], { encoding: "utf8" }).stdout ?? "";

test.skipIf(!qemu.includes("version 7.2"))(
  "the table is what QEMU 7.2 says of each model and its variants",
  () => {
    const models = Object.keys(cpuModelFlags).flatMap((model) => variants.map((variant) => model + variant));
    const commands = [
      { execute: "qmp_capabilities" },
      ...models.map((name) => ({
        execute: "query-cpu-model-expansion",
        id: name,
        arguments: { type: "full", model: { name } },
      })),
      { execute: "quit" },
    ];
    const options = [
      "-machine",
      "q35",
      "-accel",
      "tcg",
      "-display",
      "none",
      "-nodefaults",
      "-S",
      "-qmp",
      "stdio",
    ];
    const { stdout } = spawnSync("qemu-system-x86_64", options, {
      input: commands.map((command) => JSON.stringify(command)).join("\n"),
      encoding: "utf8",
    });
    const seen = stdout
      .split("\n")
      .filter((line) => line.includes('"props"'))
      .map((line) => {
        const { id, return: answer } = JSON.parse(line) as {
          id: string;
          return: { model: { props: Record<string, unknown> } };
        };
        const { props } = answer.model;
        return [id, sameFlags(Object.keys(props).filter((name) => props[name] === true)).join(" ")];
      });
    expect(seen.length).toBeGreaterThan(40);
    const base = (id: string) => id.replace(/(-noTSX)?(-IBRS|-IBPB)?$/, "");
    expect(seen).toEqual(seen.map(([id = ""]) => [id, cpuModelFlags[base(id)]]));
  },
);

/** libvirt's map of this machine, or of a SUT of the demo lab that was built on it. */
const maps = [
  "/usr/share/libvirt/cpu_map",
  ...globSync("/var/cache/tare/sut-*/usr/share/libvirt/cpu_map"),
].filter((folder) => existsSync(folder));

test.skipIf(maps.length === 0)("libvirt's CPU map gives no model a flag that the table does not", () => {
  const files = globSync(`${maps[0]}/x86_[A-Z]*.xml`);
  const known = files.filter((file) => basename(file, ".xml").slice(4) in cpuModelFlags);
  expect(known.length).toBeGreaterThan(15);
  for (const file of known) {
    const text = readFileSync(file, "utf8").replaceAll(/<!--[^]*?-->/g, "");
    const flags = [...text.matchAll(/<feature name='([^']+)'\/>/g)].map(([, name = ""]) => name);
    const model = basename(file, ".xml").slice(4);
    // QEMU took RDTSCP from this one for machines of today.
    const beyond = sameFlags(flags).filter((flag) => !cpuModelFlags[model]?.split(" ").includes(flag));
    expect([model, beyond]).toEqual([model, model === "Opteron_G2" ? ["rdtscp"] : []]);
  }
});
