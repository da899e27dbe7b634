// Samplers of both hosts for the time of one run: shown live, kept with the run, their own cost stated once.
import { join } from "node:path";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { startSampler } from "#main/hosts/sampler.ts";
import { writeFileAtomic } from "#main/library/atomic-file.ts";
import { rawFolder } from "#main/library/raw-store.ts";
import type { Live } from "#shared/contract/campaigns.ts";
import { toFailure } from "#shared/model/error.ts";
import { liveSample } from "#shared/sampler/live-sample.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { summarizeSamples } from "#shared/sampler/summarize-samples.ts";
import { jobId, rawName } from "./job-id.ts";
import type { RunPlace } from "./measure-job.ts";
import type { Recorder } from "./recorder.ts";

/** Starts them; `stop` keeps what they printed. A sampler that fails is a remark: the run does not depend on it. */
export async function startRunSamplers(
  hosts: readonly RemoteMachine[],
  place: RunPlace,
  to: { recorder: Recorder; live: (live: Live) => void; signal: AbortSignal },
): Promise<() => Promise<void>> {
  const id = jobId(place.campaignId, place.runId, place.attempt, "sampler");
  const { signal } = to;
  const samplers = await Promise.all(
    hosts.map(async (machine) => {
      const onSample = (sample: Parameters<typeof liveSample>[1]) =>
        to.live(liveSample(machine.machine, sample));
      return { machine, stop: await startSampler(machine, { jobId: id, signal, onSample }) };
    }),
  );
  return async () => {
    const folder = await rawFolder(place.campaignPath, place.runId);
    const keep = async ({ machine, stop }: (typeof samplers)[number]) => {
      try {
        const text = await stop(signal);
        await writeFileAtomic(
          join(folder, rawName(place.attempt, "sampler", 0, `${machine.machine}.txt`)),
          text,
        );
        await stateCost(machine, text, to.recorder);
      } catch (error) {
        await to.recorder.recordIfPossible({
          type: "remark",
          text: `Sampler of ${place.runId}: ${toFailure(error).message}`,
        });
      }
    };
    await Promise.all(samplers.map(keep));
  };
}

/** The first run that is long enough tells what the sampler takes of the machine. */
async function stateCost({ machine }: RemoteMachine, text: string, recorder: Recorder): Promise<void> {
  if (recorder.state().samplerCost.has(machine)) return;
  const cpuShare = summarizeSamples(parseSamples(text))?.ownShare ?? null;
  if (cpuShare !== null) await recorder.record({ type: "sampler-cost", machine, cpuShare });
}
