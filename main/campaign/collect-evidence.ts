// Snapshots of the machines before, during and after a run's measured program, kept with its raw output.
// What cannot be had is a reason in the snapshot's place: a run never fails for want of evidence.
import { rawName } from "#main/library/measured-reading.ts";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { writeFileAtomic } from "#main/library/atomic-file.ts";
import { rawFolder } from "#main/library/raw-store.ts";
import { failedSnapshot } from "#shared/evidence/snapshot.ts";
import { toFailure } from "#shared/model/error.ts";
import type { RunPlace } from "./measure-job.ts";
import type { EvidenceSource } from "./session-evidence.ts";

/** A job whose processes are to be looked at. */
export interface WatchedJob {
  readonly machine: RemoteMachine;
  readonly id: string;
  readonly program: string;
}

export interface RunJobs {
  /** The measured program or the server, whichever runs in the environment. */
  readonly environment: WatchedJob | null;
  /** Whichever runs on the load generator. */
  readonly loadgen: WatchedJob | null;
}

export interface RunEvidence {
  before(): Promise<void>;
  /** Looks once, after so many seconds; not at all where `ended` settles first. Never rejects. */
  during(jobs: RunJobs, afterSeconds: number, ended: Promise<unknown>): Promise<void>;
  after(): Promise<void>;
  /** Settles when all that was seen is kept. */
  kept(): Promise<void>;
}

export const evidenceMoments = ["before", "during", "after"] as const;
export type EvidenceMoment = (typeof evidenceMoments)[number];

export function evidenceName(attempt: number, machine: string, moment: EvidenceMoment): string {
  return rawName(attempt, "evidence", 0, `${machine}-${moment}.txt`);
}

/** The script takes some tens of ms, and up to a second where it waits for a program. */
const scriptSeconds = 10;
/** Longer than this the end of a run does not wait for what was seen during it: the link may be away. */
const patienceMs = 5_000;

export function collectEvidence(source: EvidenceSource, place: RunPlace, signal: AbortSignal): RunEvidence {
  const writing: Promise<void>[] = [];
  const keep = async (machine: RemoteMachine, moment: EvidenceMoment, text: string) => {
    const folder = await rawFolder(place.campaignPath, place.runId);
    await writeFileAtomic(join(folder, evidenceName(place.attempt, machine.machine, moment)), text);
  };
  const look = async (
    machine: RemoteMachine,
    moment: EvidenceMoment,
    argv: readonly string[],
    until: AbortSignal,
  ) => {
    const text = await snapshot(machine, argv, until);
    const written = keep(machine, moment, text);
    // A failure is told by `kept`; until then it must not count as unhandled.
    written.catch(() => undefined);
    writing.push(written);
  };
  const hosts = async (moment: EvidenceMoment) => {
    await Promise.all([
      look(source.sut, moment, [source.nic.sut, "-", "-"], signal),
      look(source.loadgen, moment, [source.nic.loadgen, "-", "-"], signal),
    ]);
  };
  return {
    before: () => hosts("before"),
    after: () => hosts("after"),
    async during(jobs, afterSeconds, ended) {
      const over = new AbortController();
      const end = () => setTimeout(() => over.abort(), patienceMs).unref();
      ended.then(end, end);
      let early = false;
      await Promise.race([
        delay(afterSeconds * 1000, undefined, { ref: false }),
        ended.then(
          () => (early = true),
          () => (early = true),
        ),
      ]);
      if (early || signal.aborted) return;
      const until = AbortSignal.any([signal, over.signal]);
      await Promise.all(
        (await source.watched(jobs, until)).map(({ machine, argv }) => look(machine, "during", argv, until)),
      );
    },
    async kept() {
      await Promise.all(writing);
    },
  };
}

/** What the script printed, or why not. */
async function snapshot(
  machine: RemoteMachine,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  try {
    const script = await machine.script("evidence.sh", signal);
    const command = { argv: ["sh", script, ...argv], root: true };
    // Repeated after a lost link: the next step of the run waits for the link as well.
    const options = { signal, timeLimitSeconds: scriptSeconds, idempotent: true };
    const { status, stdout, stderr } = await machine.run(command, options);
    if (status === 0) return stdout;
    const [said = ""] = stderr.trim().split("\n").slice(-1);
    return failedSnapshot(`looking at ${machine.name} ended with status ${status} ${said}`);
  } catch (error) {
    return failedSnapshot(`${machine.name} could not be looked at: ${toFailure(error).message}`);
  }
}
