// Whether the load generator could have given more load, or whether the figure is its own limit.
import {
  check,
  type Check,
  type EvidenceJudge,
  itemOf,
  programProcesses,
  unknown,
} from "./evidence-inputs.ts";
import type { SampleSummary } from "../sampler/summarize-samples.ts";
import type { Seen } from "./snapshot.ts";

/** A thread that runs or waits for a CPU nearly all the time cannot do more; interrupts and looking take the rest. */
const threadLimit = 0.95;
/** Above this, threads wait for each other's CPUs. */
const machineLimit = 0.9;

export const judgeLoadGenerator: EvidenceJudge = (inputs) => {
  const { loadgenProgram, loadgen, samples, networkPath, facts } = inputs;
  if (loadgenProgram === null) return null;
  const shared = networkPath?.sameMachine ?? facts.loadgen?.bootId === facts.sut.bootId;
  const thread = threadCheck(loadgen.during, loadgenProgram);
  if (!shared) return itemOf("load-generator", true, [thread, machineCheck(samples.loadgen)]);
  // Where both hosts are one machine its CPU time is that of the SUT, too, and says nothing of either.
  const item = itemOf("load-generator", false, [thread]);
  if (item === null) return null;
  const why = "both hosts are one machine, so that load and server take each other's CPUs";
  return { ...item, found: `${item.found} (${why})` };
};

function threadCheck(during: Seen, program: string): Check {
  const expected = `no thread of ${program} busy more than ${100 * threadLimit} % of the time`;
  const processes = programProcesses(during, program);
  if ("missing" in processes) return unknown(expected, processes.missing);
  const demands = processes.flatMap(({ threads }) => threads.flatMap(({ demand }) => demand ?? []));
  if (demands.length === 0)
    return unknown(expected, "the kernel does not count how long threads wait, or the run was too short");
  const busiest = Math.max(...demands);
  const told = `the busiest of ${demands.length} thread(s) of ${program} ran or waited for a CPU ${Math.round(100 * busiest)} % of the time`;
  return check(busiest <= threadLimit, expected, told);
}

function machineCheck(summary: SampleSummary | null): Check {
  const expected = `CPUs of the load generator busy at most ${100 * machineLimit} % in the mean`;
  if (summary === null) return unknown(expected, "the run was too short for a sample");
  const [busiest] = summary.cores.toSorted((a, b) => b.summary.busy.max - a.summary.busy.max);
  const told = `CPUs busy ${percent(summary.cpu.busy.mean)} in the mean`;
  const most =
    busiest === undefined
      ? ""
      : `, CPU ${busiest.cpu} ${percent(busiest.summary.busy.max)} in its busiest second`;
  return check(summary.cpu.busy.mean <= machineLimit, expected, told + most);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
