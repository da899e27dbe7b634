// Samples a machine once a second, as a detached job: it goes on while the link is down, and no second is lost.
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { Sample } from "#shared/sampler/sample.ts";
import { TareError } from "#shared/model/error.ts";
import { createSampleReader } from "#shared/sampler/parse-samples.ts";

export interface SamplerOptions {
  readonly jobId: string;
  /** Aborting stops following; the job goes on until `stop` or its time limit. */
  readonly signal: AbortSignal;
  readonly onSample: (sample: Sample) => void;
  /** The job ends by itself after so long, should nobody ever come back to stop it. Default: one day. */
  readonly timeLimitSeconds?: number;
}

/**
 * Starts the sampler, or takes up again the one that runs under this id (then the samples so far come first).
 * `stop` ends it and gives all that it printed, for parseSamples; it throws what following the job threw
 * (TareError LINK_LOST, CANCELLED, …).
 */
export async function startSampler(
  machine: RemoteMachine,
  options: SamplerOptions,
): Promise<(signal: AbortSignal) => Promise<string>> {
  const { jobId, signal, onSample, timeLimitSeconds = 86_400 } = options;
  const script = await machine.script("sampler.sh", signal);
  await machine.jobs.start(jobId, { argv: ["sh", script] }, { timeLimitSeconds, signal });

  const reader = createSampleReader();
  let readable = true;
  const printed: string[] = [];
  const followed = machine.jobs.follow(jobId, {
    signal,
    onOutput: (stream, text) => {
      if (stream === "stderr") return;
      printed.push(text);
      if (!readable) return;
      try {
        for (const sample of reader.push(text)) onSample(sample);
      } catch (error) {
        // What was printed is kept all the same; whoever parses it meets the same error and can tell of it.
        if (!(error instanceof TareError)) throw error;
        readable = false;
      }
    },
  });
  // A failure is told by `stop`; until then it must not count as unhandled.
  const settled = Promise.allSettled([followed]);

  return async (stopSignal) => {
    await machine.jobs.cancel(jobId, stopSignal);
    const [outcome] = await settled;
    if (outcome.status === "rejected") throw outcome.reason;
    return printed.join("");
  };
}
