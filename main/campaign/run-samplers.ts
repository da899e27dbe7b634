// Samplers of both hosts for the time of one run: shown live, kept with the run, their own cost stated once.
import { rawName } from "#main/library/measured-reading.ts";
import { join } from "node:path";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { startSampler } from "#main/hosts/sampler.ts";
import { writeFileAtomic } from "#main/library/atomic-file.ts";
import { rawFolder } from "#main/library/raw-store.ts";
import type { Live } from "#shared/contract/campaigns.ts";
import { toFailure } from "#shared/model/error.ts";
import type { Machine } from "#shared/model/lab.ts";
import { liveSample } from "#shared/sampler/live-sample.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { summarizeSamples } from "#shared/sampler/summarize-samples.ts";
import { jobId } from "./job-id.ts";
import type { RunPlace } from "./measure-job.ts";
import type { Recorder } from "./recorder.ts";

export interface RunSamplers {
  /** Settles when both sample, or could not be started; never rejects. */
  readonly started: Promise<unknown>;
  /** Keeps what they printed. A sampler that failed is a remark: the run does not depend on it. */
  stop(): Promise<void>;
}

export function startRunSamplers(
  hosts: readonly RemoteMachine[],
  place: RunPlace,
  to: {
    recorder: Recorder;
    live: (live: Live) => void;
    signal: AbortSignal;
    /** They end by themselves after so long, should nobody come back to stop them. */
    timeLimitSeconds: number;
  },
): RunSamplers {
  const { recorder, signal, timeLimitSeconds } = to;
  const samplers = hosts.map((machine) => {
    const onSample = (sample: Parameters<typeof liveSample>[1]) =>
      to.live(liveSample(machine.machine, sample));
    const options = { jobId: samplerJob(place), signal, onSample, timeLimitSeconds };
    return { machine, starting: startSampler(machine, options) };
  });
  const keep = async ({ machine, starting }: (typeof samplers)[number]) => {
    try {
      const stop = await starting;
      const text = await stop(signal);
      await writeFileAtomic(await samplesPath(machine, place), text);
      await stateCost(machine, text, recorder);
    } catch (error) {
      await recorder.recordIfPossible({
        type: "remark",
        text: `Sampler of ${place.runId}: ${toFailure(error).message}`,
      });
    }
  };
  return {
    started: Promise.allSettled(samplers.map(({ starting }) => starting)),
    stop: async () => void (await Promise.all(samplers.map(keep))),
  };
}

/** Ends the sampler that an earlier process left on a host, and keeps what it printed. */
export async function keepSamples(
  machine: RemoteMachine,
  place: RunPlace,
  signal: AbortSignal,
): Promise<void> {
  const id = samplerJob(place);
  if ((await machine.jobs.cancel(id, signal)) === null) return;
  await machine.jobs.fetch(id, "stdout", await samplesPath(machine, place), signal);
}

function samplerJob(place: RunPlace): string {
  return jobId(place.campaignId, place.runId, place.attempt, "sampler");
}

/** Name of the raw file that holds a host's samples of a run. */
export function samplesName(attempt: number, machine: Machine): string {
  return rawName(attempt, "sampler", 0, `${machine}.txt`);
}

async function samplesPath({ machine }: RemoteMachine, place: RunPlace): Promise<string> {
  const folder = await rawFolder(place.campaignPath, place.runId);
  return join(folder, samplesName(place.attempt, machine));
}

/** The first run that is long enough tells what the sampler takes of the machine. */
async function stateCost({ machine }: RemoteMachine, text: string, recorder: Recorder): Promise<void> {
  if (recorder.state().samplerCost.has(machine)) return;
  const cpuShare = summarizeSamples(parseSamples(text))?.ownShare ?? null;
  if (cpuShare !== null) await recorder.record({ type: "sampler-cost", machine, cpuShare });
}
