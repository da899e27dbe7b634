// Every judge, on what was recorded of real runs: held as it was, not held where something is otherwise, unknown where nothing was seen.
import { expect, test } from "vitest";
import type { EvidenceInputs } from "#shared/evidence/evidence-inputs.ts";
import { hostCounters } from "#shared/evidence/host-counters.ts";
import { judge } from "#shared/evidence/judge.ts";
import { readSnapshot } from "#shared/evidence/snapshot.ts";
import { timely } from "#shared/evidence/window.ts";
import { evidenceNames, type EvidenceItem, type Verdict } from "#shared/model/evidence.ts";
import type { KvmConfiguration } from "#shared/model/configuration.ts";
import { sampleFacts } from "../sample-facts.ts";
import { inputsOf, type Recorded, recordedText, snapshotOf, withText } from "./seen.ts";

type Name = EvidenceItem["name"];

function verdictOf(inputs: EvidenceInputs, name: Name): EvidenceItem | undefined {
  return judge(inputs).find((item) => item.name === name);
}

test.each(["native-redis", "nat-fio", "kvm-redis"] as const)(
  "what was asked for in %s held, and what this machine cannot tell is unknown and not required",
  (name) => {
    const items = judge(inputsOf(name));
    expect(items.filter(({ verdict }) => verdict === "not-held")).toEqual([]);
    expect(items.filter(({ verdict, required }) => verdict === "unknown" && required)).toEqual([]);
    const names = items.map((item) => item.name);
    expect(names).toEqual(evidenceNames.filter((each) => names.includes(each)));
    expect(names).toMatchSnapshot();
    expect(items.map(({ found }) => found)).toMatchSnapshot();
  },
);

const kvmWith = (change: Partial<KvmConfiguration["machine"]>): EvidenceInputs => {
  const inputs = inputsOf("kvm-redis");
  const configuration = inputs.configuration as KvmConfiguration;
  return {
    ...inputs,
    configuration: { ...configuration, machine: { ...configuration.machine, ...change } },
  };
};

const replaced = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const moment = (
  name: Recorded,
  host: "sut" | "loadgen",
  when: "before" | "during" | "after",
  change: object,
): EvidenceInputs => {
  const inputs = inputsOf(name);
  return {
    ...inputs,
    [host]: { ...inputs[host], [when]: { ...snapshotOf(inputs[host][when]), ...change } },
  };
};

const cases: readonly [name: Name, verdict: Verdict, inputs: EvidenceInputs, found: RegExp][] = [
  [
    "cpus",
    "not-held",
    withText(
      "native-redis",
      "sut",
      "during",
      replaced(/(task\/\d+\/status\tCpus_allowed_list:\t)1$/m, "$10-1"),
    ),
    /redis-server \(thread \d+\) allowed on 0-1, wanted 1/,
  ],
  [
    "cpus",
    "not-held",
    {
      ...inputsOf("native-redis"),
      configuration: {
        ...inputsOf("native-redis").configuration,
        pinning: { memory: { policy: "default" } },
      },
    },
    /5 threads allowed on 1$/,
  ],
  ["cpus", "not-held", kvmWith({ vcpuPins: ["0", "0"] }), /vCPU 1 allowed on 1, wanted 0/],
  ["cpus", "not-held", kvmWith({ ioThreadPin: "0" }), /the I\/O thread allowed on 1, wanted 0/],
  [
    "cpus",
    "not-held",
    kvmWith({ vcpus: 3, vcpuPins: ["0", "1", "1"] }),
    /^2 CPUs in the guest; unknown: no thread of vCPU 2 was found/,
  ],
  [
    "memory-nodes",
    "not-held",
    withText("nat-fio", "sut", "during", replaced(/(Mems_allowed_list:\t)0$/gm, "$10-1")),
    /fio allowed on nodes 0-1/,
  ],
  [
    "memory-nodes",
    "not-held",
    withText("kvm-redis", "sut", "during", replaced('"policy":"bind"', '"policy":"preferred"')),
    /guest memory: policy preferred, nodes 0/,
  ],
  [
    "pages",
    "not-held",
    moment("native-redis", "sut", "after", { thp: "never" }),
    /THP never after the run, wanted always/,
  ],
  ["pages", "not-held", kvmWith({ memoryMiB: 1024 }), /512 MiB of QEMU in reserved pages/],
  ["pages", "not-held", kvmWith({ hugePageKiB: 1_048_576 }), /0 MiB of 1 GiB pages taken/],
  ["pages", "not-held", kvmWith({ hugePages: false, locked: true }), /0 MiB locked/],
  ["pages", "held", kvmWith({ locked: true }), /0 MiB locked and 512 MiB in reserved pages/],
  [
    "pages",
    "unknown",
    { ...inputsOf("nat-fio"), sut: { ...inputsOf("nat-fio").sut, before: { missing: "no link" } } },
    /^unknown: before the run no link; THP \w+$/,
  ],
  [
    "cpu-flags",
    "unknown",
    { ...kvmWith({ cpuModel: "host-passthrough" }), facts: { ...inputsOf("kvm-redis").facts, guest: null } },
    /guest's facts were not recorded/,
  ],
  ["accelerator", "not-held", kvmWith({ accelerator: "kvm" }), /vCPUs run by TCG/],
  [
    "network-mode",
    "not-held",
    moment("native-redis", "sut", "during", { networkNamespace: "net:[1]" }),
    /redis-server in net:\[\d+\], the host in net:\[1\]/,
  ],
  [
    "network-mode",
    "not-held",
    withText("nat-fio", "sut", "during", replaced(/ veth /g, " macvlan mode bridge ")),
    /interfaces of kind macvlan/,
  ],
  [
    "network-mode",
    "not-held",
    moment("kvm-redis", "sut", "during", { vhostThread: true }),
    /a vhost thread serves the guest/,
  ],
  [
    "network-mode",
    "not-held",
    withText("kvm-redis", "sut", "during", replaced(/\/dev\/net\/tun$/m, "/dev/tap7")),
    /guest network: macvtap/,
  ],
  [
    "storage-mode",
    "not-held",
    withText(
      "nat-fio",
      "sut",
      "during",
      replaced(/^file\t\S+\/mountinfo\t\S+ \S+ \S+ \S+ \/data .*\n/gm, ""),
    ),
    /nothing is mounted at \/data; \/ is overlay/,
  ],
  [
    "storage-mode",
    "not-held",
    withText("kvm-redis", "sut", "during", replaced(/flags:\t(\d*)4(\d{4})$/gm, "flags:\t$10$2")),
    /the disk open without O_DIRECT/,
  ],
  [
    "governor",
    "held",
    governors({ before: "performance", after: "performance", asked: "performance" }),
    /governor performance on sut-1 \(1 policies\)/,
  ],
  [
    "governor",
    "not-held",
    governors({ before: "performance", after: "powersave", asked: null }),
    /policy 0 on sut-1: performance before, powersave after/,
  ],
  [
    "steal",
    "not-held",
    moment("nat-fio", "sut", "after", { cpu: stolen() }),
    /\d % of CPU time stolen from sut-1/,
  ],
  [
    "throttling",
    "not-held",
    both("nat-fio", { throttles: new Map([["cpu0/core", 3]]) }, { throttles: new Map([["cpu0/core", 5]]) }),
    /1 of 1 counters of sut-1 rose, most of all cpu0\/core by 2/,
  ],
  [
    "throttling",
    "held",
    both("nat-fio", { throttles: new Map([["cpu0/core", 3]]) }, { throttles: new Map([["cpu0/core", 3]]) }),
    /no throttling on sut-1/,
  ],
  [
    "swap",
    "not-held",
    both(
      "nat-fio",
      { swapTotalKib: 1024, swappedPages: { in: 5, out: 0 } },
      { swapTotalKib: 1024, swappedPages: { in: 9, out: 1 } },
    ),
    /4 pages swapped in and 1 out/,
  ],
  [
    "nic",
    "not-held",
    moment("native-redis", "loadgen", "after", { nic: { speedMbps: 1000, mtu: 1500, carrier: true } }),
    /10000 Mb\/s, MTU 1500 before, 1000 Mb\/s, MTU 1500 after/,
  ],
  [
    "nic",
    "unknown",
    { ...inputsOf("native-redis"), networkPath: null },
    /the data interface of sut-1 is not known/,
  ],
  [
    "load-generator",
    "not-held",
    withText("native-redis", "loadgen", "during", replaced(/schedstat\t\d+ /, "schedstat\t999999999999 ")),
    /ran or waited for a CPU 100 % of the time/,
  ],
  [
    "clock-source",
    "not-held",
    moment("native-redis", "sut", "after", { clockSource: "hpet" }),
    /tsc, then hpet on sut-1/,
  ],
];

test.each(cases)("%s is %s", (name, verdict, inputs, found) => {
  const item = verdictOf(inputs, name);
  expect(item?.found).toMatch(found);
  expect(item?.verdict).toBe(verdict);
});

test("counters that cover much more than the program tell nothing of it", () => {
  const { sut } = inputsOf("native-redis");
  const length = snapshotOf(sut.after).uptimeSeconds - snapshotOf(sut.before).uptimeSeconds;
  expect(hostCounters(timely(sut, length))).toEqual(hostCounters(sut));
  const late = timely(
    { ...sut, after: { ...snapshotOf(sut.after), uptimeSeconds: snapshotOf(sut.after).uptimeSeconds + 60 } },
    length,
  );
  expect(hostCounters(late)).toBeNull();
  expect(verdictOf({ ...inputsOf("native-redis"), sut: late }, "steal")).toMatchObject({
    verdict: "unknown",
    found: expect.stringMatching(/counters cover 60 s besides the program/),
  });
});

test("without a look at the processes, all that was asked for is unknown, with the reason", () => {
  const missing = { missing: "the program had ended" };
  for (const name of ["native-redis", "nat-fio", "kvm-redis"] as const) {
    const inputs = inputsOf(name);
    const items = judge({ ...inputs, sut: { ...inputs.sut, during: missing }, guest: missing });
    for (const of of ["cpus", "network-mode", "storage-mode"] as const)
      expect(items.find((item) => item.name === of)).toMatchObject({
        verdict: "unknown",
        found: "unknown: the program had ended",
      });
  }
});

test("the host's CPU features must be in a guest that was to have them, and an emulated one is told for context", () => {
  const facts = (flags: readonly string[]) => {
    const { cpu } = sampleFacts();
    return sampleFacts({ machine: "guest", clockSource: "hpet", cpu: { ...cpu, flags: [...flags] } });
  };
  const passthrough = kvmWith({ cpuModel: "host-passthrough" });
  const judged = (flags: readonly string[], accelerator: "kvm" | "tcg") => {
    const { cpu } = sampleFacts();
    const sut = sampleFacts({ cpu: { ...cpu, flags: ["fpu", "avx", "avx2", "aes", "vmx"] } });
    const inputs = { ...passthrough, accelerator, facts: { ...passthrough.facts, sut, guest: facts(flags) } };
    return verdictOf(inputs, "cpu-flags");
  };
  expect(judged(["avx", "avx2", "aes"], "kvm")).toMatchObject({ verdict: "held", required: true });
  expect(judged(["avx"], "kvm")).toMatchObject({
    verdict: "not-held",
    required: true,
    found: "2 of 3 lacking: avx2, aes",
  });
  expect(judged(["avx"], "tcg")).toMatchObject({ verdict: "not-held", required: false });
});

test("arrays that were to lie in huge pages are judged by their share of the program's memory", () => {
  const stream = (hugeKib: number, thp: string): EvidenceInputs => {
    const inputs = inputsOf("native-redis");
    const during = snapshotOf(inputs.sut.during);
    const [process] = during.processes;
    if (process === undefined) throw new Error("no process");
    const memory = { ...process.memory, walked: { anonymousKib: 400_000, hugeKib } };
    return {
      ...inputs,
      program: "stream",
      condition: { id: "s", label: "s", workload: "stream", parameters: { pages: "madvise" } },
      sut: { ...inputs.sut, during: { ...during, thp, processes: [{ ...process, name: "stream", memory }] } },
    };
  };
  const found = (inputs: EvidenceInputs) => verdictOf(inputs, "pages");
  expect(found(stream(390_000, "always"))).toMatchObject({ verdict: "held" });
  expect(found(stream(100_000, "always"))).toMatchObject({
    verdict: "not-held",
    found: expect.stringContaining("98 of 391 MiB of stream in huge pages (25 %)"),
  });
});

test("a load generator without frequency control does not hide that the SUT's governor was another", () => {
  const inputs = governors({ before: "powersave", after: "powersave", asked: "performance" });
  const { loadgen } = inputsOf("native-redis");
  const bare = (seen: EvidenceInputs["sut"]["before"]) => ({
    ...snapshotOf(seen),
    governors: new Map<number, string>(),
  });
  const both = {
    ...inputs,
    loadgenProgram: "redis-load",
    loadgen: { before: bare(loadgen.before), during: loadgen.during, after: bare(loadgen.after) },
  };
  expect(verdictOf(both, "governor")).toMatchObject({
    verdict: "not-held",
    required: true,
    found: expect.stringMatching(/governor of policy 0 on sut-1.*; unknown: .* no frequency control/),
  });
});

test("interrupts and defragmentation are where they were asked to be at every moment, or it is said when not", () => {
  const seen = (name: "before" | "during" | "after", cpus: string, defrag: string) => {
    const records = [
      `file\t/proc/irq/120/smp_affinity_list\t2-3`,
      `file\t/proc/irq/121/smp_affinity_list\t${cpus}`,
      `file\t/sys/kernel/mm/transparent_hugepage/defrag\talways defer [${defrag}] never`,
    ];
    const text = recordedText("native-redis", `sut-${name}`);
    return readSnapshot(text.replace("meta\tend", `${records.join("\n")}\nmeta\tend`));
  };
  const inputs = (cpus: string, defrag: string): EvidenceInputs => {
    const recorded = inputsOf("native-redis");
    const { configuration } = recorded;
    return {
      ...recorded,
      configuration: {
        ...configuration,
        pinning: { ...configuration.pinning, nicIrqs: "2-3" },
        pages: { ...configuration.pages, thpDefrag: "defer+madvise" },
      },
      sut: {
        before: seen("before", "2,3", "defer+madvise"),
        during: seen("during", cpus, defrag),
        after: seen("after", "2-3", "defer+madvise"),
      },
    };
  };
  const held = inputs("3,2", "defer+madvise");
  expect(verdictOf(held, "nic")).toMatchObject({ verdict: "held" });
  expect(verdictOf(held, "pages")).toMatchObject({ verdict: "held" });
  const moved = inputs("0", "always");
  expect(verdictOf(moved, "nic")).toMatchObject({
    verdict: "not-held",
    found: expect.stringContaining("interrupt 121 on CPUs 0") as string,
  });
  expect(verdictOf(moved, "pages")).toMatchObject({
    verdict: "not-held",
    found: expect.stringContaining("THP defragmentation always") as string,
  });
  const { sut } = inputsOf("native-redis");
  expect(verdictOf({ ...held, sut }, "nic")).toMatchObject({
    verdict: "unknown",
    found: expect.stringContaining("has no interrupts of its own") as string,
  });
});

function governors(of: { before: string; after: string; asked: string | null }): EvidenceInputs {
  const inputs = both(
    "nat-fio",
    { governors: new Map([[0, of.before]]) },
    { governors: new Map([[0, of.after]]) },
  );
  return { ...inputs, governor: of.asked };
}

function both(name: Recorded, before: object, after: object): EvidenceInputs {
  const inputs = inputsOf(name);
  const { sut } = inputs;
  return {
    ...inputs,
    sut: {
      before: { ...snapshotOf(sut.before), ...before },
      during: sut.during,
      after: { ...snapshotOf(sut.after), ...after },
    },
  };
}

function stolen(): readonly number[] {
  const { sut } = inputsOf("nat-fio");
  return snapshotOf(sut.after).cpu.map((ticks, mode) => (mode === 7 ? ticks + 100 : ticks));
}
