// Threads and vCPUs on the CPUs that the configuration chose.
import { formatCpuList, parseCpuList } from "../facts/cpu-list.ts";
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  processesIn,
  unknown,
} from "./evidence-inputs.ts";
import type { ProcessSnapshot, ThreadSnapshot } from "./process-snapshot.ts";
import { isMissing } from "./snapshot.ts";

/** Threads that are named in a sentence; the others are counted. */
const named = 3;

export const judgeCpus: EvidenceJudge = (inputs) => {
  const { configuration, sut } = inputs;
  const processes = processesIn(sut.during);
  const wanted = configuration.pinning.cpus ?? null;
  const checks =
    "missing" in processes
      ? [unknown(expectation(inputs), processes.missing)]
      : configuration.environment === "kvm"
        ? guestChecks(inputs, configuration, processes)
        : [wanted === null ? unpinned(processes, inputs.facts.sut) : pinned(processes, wanted)];
  return itemOf("cpus", true, checks);
};

function expectation({ configuration }: EvidenceInputs): string {
  if (configuration.environment === "kvm") return "each vCPU on its CPUs";
  const { cpus } = configuration.pinning;
  return cpus === undefined ? "all threads free to run on every CPU" : `all threads on CPUs ${cpus}`;
}

/** Threads may bind themselves to some of the CPUs, as OpenMP and fio can; none may be allowed on others. */
function pinned(processes: readonly ProcessSnapshot[], wanted: string): Check {
  const allowed = new Set(parseCpuList(wanted));
  const expected = `all threads on CPUs ${wanted}`;
  const threads = processes.flatMap((process) => process.threads.map((thread) => ({ process, thread })));
  const known = threads.filter(({ thread }) => thread.allowedCpus !== null);
  if (known.length === 0) return unknown(expected, "no thread could be looked at");
  const astray = known.filter(({ thread }) => cpusOf(thread).some((cpu) => !allowed.has(cpu)));
  if (astray.length === 0)
    return check(true, expected, `${count(known.length, "thread")} allowed on no other CPUs than ${wanted}`);
  const told = astray
    .slice(0, named)
    .map(({ process, thread }) => `${process.name} (thread ${thread.id}) allowed on ${thread.allowedCpus}`);
  const rest =
    astray.length > named ? `, and ${count(astray.length - named, "more thread", "more threads")}` : "";
  return check(false, expected, `${told.join(", ")}${rest}, wanted ${wanted}`);
}

/** Threads that bind themselves are no restriction: what all of them together may use counts. */
function unpinned(processes: readonly ProcessSnapshot[], { cpu }: Facts): Check {
  const expected = `threads free to run on every CPU (${cpu.online})`;
  const threads = processes.flatMap((process) => process.threads);
  const union = new Set(threads.flatMap(cpusOf));
  if (union.size === 0) return unknown(expected, "no thread could be looked at");
  const free = (list: string | undefined) =>
    list !== undefined && (parseCpuList(list) ?? []).every((each) => union.has(each));
  // Where the account that logs in is itself restricted, its programs are, too.
  const holds = free(cpu.online) || free(cpu.allowed);
  return check(holds, expected, `${count(threads.length, "thread")} allowed on ${formatCpuList(union)}`);
}

function guestChecks(
  { facts, guest }: EvidenceInputs,
  { machine, pinning }: KvmConfiguration,
  processes: readonly ProcessSnapshot[],
): readonly Check[] {
  const threads = processes.flatMap((process) => process.threads);
  const all = facts.sut.cpu.online;
  const on = (what: string, thread: ThreadSnapshot | undefined, cpus: string | undefined): Check => {
    const wanted = cpus ?? all;
    const expected = `${what} on ${wanted}`;
    if (thread === undefined || thread.allowedCpus === null)
      return unknown(expected, `no thread of ${what} was found`);
    const holds = sameCpus(thread.allowedCpus, wanted);
    return check(
      holds,
      expected,
      `${what} allowed on ${thread.allowedCpus}${holds ? "" : `, wanted ${wanted}`}`,
    );
  };
  const byName = (pattern: RegExp) => threads.find(({ name }) => pattern.test(name));
  const vcpus = Array.from({ length: machine.vcpus }, (_, vcpu) =>
    on(`vCPU ${vcpu}`, byName(new RegExp(`^CPU ${vcpu}/`)), machine.vcpuPins?.[vcpu] ?? pinning.cpus),
  );
  const main = processes.flatMap(({ pid, threads: own }) => own.filter(({ id }) => id === pid))[0];
  const emulator = machine.emulatorPin ?? pinning.cpus;
  const ioThread = byName(/^IO iothread/);
  return [
    ...vcpus,
    on("the emulator", main, emulator),
    ...(ioThread === undefined ? [] : [on("the I/O thread", ioThread, machine.ioThreadPin ?? emulator)]),
    ...(isMissing(guest)
      ? []
      : [
          check(
            guest.onlineCpus === machine.vcpus,
            `${count(machine.vcpus, "CPU")} in the guest`,
            `${count(guest.onlineCpus, "CPU")} in the guest`,
          ),
        ]),
  ];
}

function cpusOf({ allowedCpus }: ThreadSnapshot): readonly number[] {
  return parseCpuList(allowedCpus ?? "") ?? [];
}

function sameCpus(a: string, b: string): boolean {
  return parseCpuList(a)?.join() === parseCpuList(b)?.join();
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
