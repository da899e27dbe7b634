// Transparent and reserved huge pages: the modes and pools that were asked for, and the pages that were really used.
import { pageText, reservationsOf } from "../environments/huge-page-pools.ts";
import type { KvmConfiguration } from "../model/configuration.ts";
import type { WorkloadName } from "../model/workload.ts";
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  insideOf,
  itemOf,
  processesIn,
  programProcesses,
  unknown,
} from "./evidence-inputs.ts";
import { isMissing, type Snapshot } from "./snapshot.ts";

/** Ends of arrays that fill no huge page, stacks and libraries take the rest. */
const hugeShare = 0.8;
/** Below this, stacks and libraries weigh as much as the arrays. */
const judgedKib = 16 * 1024;
/** The script walks through less than this in all. */
const largestWalkedKib = 2 ** 21;
/** Some of a guest's memory (firmware, video) need not come from the pool. */
const backedShare = 0.99;

/** Workloads whose kernels can ask for huge pages, by their parameter `pages`. */
const arrays: ReadonlySet<WorkloadName> = new Set(["stream", "linpack", "randomaccess"]);

export const judgePages: EvidenceJudge = (inputs) => {
  const { configuration } = inputs;
  const { thp, thpDefrag } = configuration.pages;
  const guest = configuration.environment === "kvm" ? configuration : null;
  const asked =
    thp !== undefined || thpDefrag !== undefined || reservationsOf(configuration.pages).length > 0;
  const locked = guest?.machine.hugePages === true || guest?.machine.locked === true;
  return itemOf("pages", asked || locked, [
    ...modeChecks(inputs),
    ...defragChecks(inputs),
    ...poolChecks(inputs),
    ...(guest === null ? [] : guestMemoryChecks(inputs, guest)),
    ...shareChecks(inputs),
  ]);
};

/** The mode as asked, or as it was when it was first looked at, at every moment. */
function modeChecks({ configuration, sut, guest }: EvidenceInputs): readonly Check[] {
  const { thp } = configuration.pages;
  const moments = [
    ["before", sut.before],
    ["during", sut.during],
    ["after", sut.after],
  ] as const;
  const expected = thp === undefined ? "THP mode unchanged" : `THP ${thp}`;
  const missing = moments.flatMap(([when, seen]) =>
    isMissing(seen) ? [unknown(expected, `${when} the run ${seen.missing}`)] : [],
  );
  const seen = moments.flatMap(([when, moment]) => (isMissing(moment) ? [] : [{ when, mode: moment.thp }]));
  const wanted = thp ?? seen[0]?.mode ?? null;
  const other = seen.filter(({ mode }) => mode !== wanted);
  const told =
    other.length === 0
      ? `THP ${wanted ?? "not offered by the kernel"}`
      : `THP ${other.map(({ mode, when }) => `${mode ?? "not offered"} ${when} the run`).join(", ")}, wanted ${wanted}`;
  return [
    ...missing,
    ...(seen.length === 0 ? [] : [check(other.length === 0, expected, told)]),
    ...(thp === undefined || configuration.environment !== "kvm" || isMissing(guest)
      ? []
      : [
          check(
            guest.thp === thp,
            `THP ${thp} in the guest`,
            `THP ${guest.thp ?? "not offered"} in the guest`,
          ),
        ]),
  ];
}

/** Only where it was asked for: otherwise it is the host's, and its changes are seen in the facts before and after. */
function defragChecks({ configuration, sut }: EvidenceInputs): readonly Check[] {
  const wanted = configuration.pages.thpDefrag;
  if (wanted === undefined) return [];
  const expected = `THP defragmentation ${wanted}`;
  return [sut.before, sut.during, sut.after].map((seen) =>
    isMissing(seen)
      ? unknown(expected, seen.missing)
      : check(
          seen.thpDefrag === wanted,
          expected,
          `THP defragmentation ${seen.thpDefrag ?? "not offered by the kernel"}`,
        ),
  );
}

function poolChecks({ configuration, sut }: EvidenceInputs): readonly Check[] {
  return reservationsOf(configuration.pages).map(({ size: sizeKib, node, count }) => {
    const name = pageText(sizeKib);
    const where = node === null ? "" : ` on node ${node}`;
    const expected = `${count} huge pages of ${name} reserved${where}`;
    if (isMissing(sut.during)) return unknown(expected, sut.during.missing);
    const pool = sut.during.hugePages.find((each) => each.sizeKib === sizeKib && each.node === node);
    if (pool === undefined) return unknown(expected, `the kernel has no pool of ${name}${where}`);
    const { total, free } = pool;
    return check(total === count, expected, `${total} huge pages of ${name}${where}, ${free} free`);
  });
}

function guestMemoryChecks({ sut }: EvidenceInputs, { machine }: KvmConfiguration): readonly Check[] {
  if (!machine.hugePages && machine.locked !== true) return [];
  const processes = processesIn(sut.during);
  const memoryKib = machine.memoryMiB * 1024;
  const sizeKib = machine.hugePageKiB ?? 2048;
  const size = sizeKib === 2048 ? "2 MiB" : "1 GiB";
  const backed = `${machine.memoryMiB} MiB of guest memory in pages of ${size}`;
  const lockedWanted = `${machine.memoryMiB} MiB of guest memory locked`;
  if ("missing" in processes) return [unknown(machine.hugePages ? backed : lockedWanted, processes.missing)];
  const sum = (key: "hugetlbKib" | "lockedKib") =>
    processes.reduce((total, { memory }) => total + memory[key], 0);
  const checks: Check[] = [];
  if (machine.hugePages && !isMissing(sut.during)) {
    const hugetlb = sum("hugetlbKib");
    const taken = takenKib(sut.during, sizeKib);
    const holds = Math.min(hugetlb, taken) >= backedShare * memoryKib;
    checks.push(
      check(
        holds,
        backed,
        `${mib(hugetlb)} MiB of QEMU in reserved pages, ${mib(taken)} MiB of ${size} pages taken`,
      ),
    );
  }
  if (machine.locked === true) {
    // Reserved pages are never swapped, and the kernel counts none of them as locked.
    const [locked, reserved] = [sum("lockedKib"), machine.hugePages ? sum("hugetlbKib") : 0];
    const told = `${mib(locked)} MiB locked${reserved === 0 ? "" : ` and ${mib(reserved)} MiB in reserved pages`}`;
    checks.push(check(locked + reserved >= backedShare * memoryKib, lockedWanted, told));
  }
  return checks;
}

function takenKib({ hugePages }: Snapshot, sizeKib: number): number {
  const pool = hugePages.find((each) => each.sizeKib === sizeKib && each.node === null);
  return pool === undefined ? 0 : (pool.total - pool.free) * sizeKib;
}

/** Whether the arrays of a kernel that asks for huge pages, or gets them unasked, really lie in them. */
function shareChecks(inputs: EvidenceInputs): readonly Check[] {
  const { condition, program } = inputs;
  if (!arrays.has(condition.workload)) return [];
  const inside = insideOf(inputs);
  const asksFor = condition.parameters["pages"] === "madvise";
  const mode = isMissing(inside) ? (inputs.configuration.pages.thp ?? null) : inside.thp;
  const huge = mode === "always" || (mode === "madvise" && asksFor);
  if (!huge && mode !== "never") return [];
  const expected = huge
    ? `at least ${100 * hugeShare} % of the program's memory in huge pages`
    : "no huge pages";
  const processes = programProcesses(inside, program);
  if ("missing" in processes) return [unknown(expected, processes.missing)];
  const [largest] = processes.toSorted((a, b) => b.memory.anonymousKib - a.memory.anonymousKib);
  if (largest === undefined) return [];
  const { anonymousKib: resident, walked } = largest.memory;
  if (walked === null && resident > largestWalkedKib) {
    const size = `${largest.name} has ${mib(resident)} MiB`;
    return [unknown(expected, `${size}, too much to be walked through while it is measured`)];
  }
  if (walked === null) return [unknown(expected, `${largest.name} ended while it was looked at`)];
  if (walked.anonymousKib < judgedKib) return [];
  const share = walked.hugeKib / walked.anonymousKib;
  const found = `${mib(walked.hugeKib)} of ${mib(walked.anonymousKib)} MiB of ${largest.name} in huge pages (${Math.round(100 * share)} %)`;
  return [check(huge ? share >= hugeShare : walked.hugeKib === 0, expected, found)];
}

function mib(kib: number): number {
  return Math.round(kib / 1024);
}
