// What evidence is judged by: what was asked for, what the machines are, and what was seen before, during and after.
import type { Configuration } from "../model/configuration.ts";
import type { EvidenceItem, NetworkPath, Verdict } from "../model/evidence.ts";
import type { Facts } from "../model/facts.ts";
import type { Condition } from "../model/workload.ts";
import type { SampleSummary } from "../sampler/summarize-samples.ts";
import type { ProcessSnapshot } from "./process-snapshot.ts";
import { isMissing, type Missing, type Seen } from "./snapshot.ts";

export interface Moments {
  /** Just before the measured program started. */
  readonly before: Seen;
  /** At about half of its time, with the processes that matter. */
  readonly during: Seen;
  /** Just after its end. */
  readonly after: Seen;
}

export interface EvidenceInputs {
  readonly configuration: Configuration;
  readonly condition: Condition;
  /** Whether the network between the hosts, and test files, take part. */
  readonly usesNetwork: boolean;
  readonly usesStorage: boolean;
  /** Name of the environment's container, guest and folder. */
  readonly sessionName: string;
  /** The guest's disk on the SUT; null for other environments. */
  readonly diskPath: string | null;
  /** Name of the program inside the environment: the measured one, or the server. */
  readonly program: string;
  /** Name of the program on the load generator; null where the workload has none there. */
  readonly loadgenProgram: string | null;
  readonly accelerator: "none" | "kvm" | "tcg";
  /** Governor that the campaign sets on both hosts; null where it leaves it. */
  readonly governor: string | null;
  readonly facts: { readonly sut: Facts; readonly loadgen: Facts | null; readonly guest: Facts | null };
  readonly networkPath: NetworkPath | null;
  /** `during`: the environment's processes on the SUT, which for a guest is QEMU. */
  readonly sut: Moments;
  readonly loadgen: Moments;
  /** Inside of a guest: the program's processes. */
  readonly guest: Seen;
  /** Samples of the measured window. */
  readonly samples: { readonly sut: SampleSummary | null; readonly loadgen: SampleSummary | null };
}

/** Null where the name does not apply to the run. */
export type EvidenceJudge = (inputs: EvidenceInputs) => EvidenceItem | null;

/** One thing that is looked at; an item may combine several. */
export interface Check {
  readonly verdict: Verdict;
  readonly expected: string;
  readonly found: string;
}

export function check(holds: boolean, expected: string, found: string): Check {
  return { verdict: holds ? "held" : "not-held", expected, found };
}

export function unknown(expected: string, reason: string): Check {
  return { verdict: "unknown", expected, found: `unknown: ${reason}` };
}

/** The worst verdict counts, and what did not hold is told first. Null without checks. */
export function itemOf(
  name: EvidenceItem["name"],
  required: boolean,
  checks: readonly Check[],
): EvidenceItem | null {
  const order: readonly Verdict[] = ["not-held", "unknown", "held"];
  const verdict = order.find((each) => checks.some((of) => of.verdict === each));
  if (verdict === undefined) return null;
  const sorted = order.flatMap((each) => checks.filter((of) => of.verdict === each));
  return {
    name,
    required,
    verdict,
    expected: sentences(sorted.map(({ expected }) => expected)),
    found: sentences(sorted.map(({ found }) => found)),
  };
}

/**
 * Of what not every machine can tell: required where one of the hosts offers it, and judged by those alone. Of the others
 * it is told that nothing is known; they must not hide what is known of the first.
 */
export function itemOfOffering(
  name: EvidenceItem["name"],
  hosts: readonly { readonly offered: boolean; readonly check: Check }[],
): EvidenceItem | null {
  const checks = (offered: boolean) =>
    hosts.filter((host) => host.offered === offered).map((host) => host.check);
  const [known, others] = [checks(true), checks(false)];
  if (known.length === 0) return itemOf(name, false, others);
  const item = itemOf(name, true, known);
  if (item === null) return null;
  return { ...item, found: sentences([item.found, ...others.map(({ found }) => found)]) };
}

function sentences(parts: readonly string[]): string {
  return [...new Set(parts)].join("; ");
}

/** Processes that do nothing of the workload: what holds a container open, and what stands before a program. */
const attendants: ReadonlySet<string> = new Set(["sh", "dash", "bash", "sleep", "env", "numactl", "unshare"]);

/** All processes of the environment, or why they are not known. */
export function processesIn(seen: Seen): readonly ProcessSnapshot[] | Missing {
  if (isMissing(seen)) return seen;
  return seen.processes.length > 0
    ? seen.processes
    : { missing: "no process was there when it was looked at" };
}

/** The processes of the program among them: those of its name, or else all that are not mere attendants. */
export function programProcesses(seen: Seen, program: string): readonly ProcessSnapshot[] | Missing {
  const processes = processesIn(seen);
  if ("missing" in processes) return processes;
  const named = processes.filter(({ name }) => name === program.slice(0, 15));
  const others = processes.filter(({ name }) => !attendants.has(name));
  const chosen = named.length > 0 && !attendants.has(program) ? named : others;
  return chosen.length > 0 ? chosen : { missing: `${program} was not running when it was looked at` };
}

/** The program inside the environment: in a guest as the guest sees it. */
export function insideOf({ configuration, sut, guest }: EvidenceInputs): Seen {
  return configuration.environment === "kvm" ? guest : sut.during;
}
