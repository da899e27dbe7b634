// What the sampler takes of the SUT: its own CPU time, and the figures of a run with it against without it.
import { startSampler } from "#main/hosts/sampler.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { summarizeSamples } from "#shared/sampler/summarize-samples.ts";
import { significant } from "#shared/report/number.ts";
import type { BenchLab, Tell } from "./bench-lab.ts";
import { openByHand } from "./by-hand.ts";
import { comparedPairs } from "./compared-metric.ts";
import { measurePairs, medianOf, ratioOf } from "./compare.ts";
import { conditionOf } from "./conditions.ts";
import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
import { startSession } from "./session.ts";

/** Long enough that the tick which the share is rounded up by counts little. */
const shareSeconds = 20;

export async function samplerSection(
  bench: BenchLab,
  options: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  await using undo = new AsyncDisposableStack();
  const session = await startSession(bench, "native", undo, signal);
  const byHand = await openByHand(bench, session, undo, signal);
  const sampled = async <T>(work: () => Promise<T>) => {
    const stop = await startOnBoth(bench);
    try {
      return { value: await work(), text: await stop() };
    } catch (error) {
      await stop();
      throw error;
    }
  };

  tell(`sampler under redis for ${shareSeconds} s`);
  const { text } = await sampled(() => byHand(conditionOf("redis", shareSeconds)));
  const summary = summarizeSamples(parseSamples(text));
  const share = summary?.ownShare ?? Number.NaN;

  // Ticks come once a second: a run must last for several.
  const seconds = Math.max(3, options.seconds);
  const conditions = [conditionOf("stream", seconds), conditionOf("redis", seconds)];
  const measured = await measurePairs(conditions, options, {
    value: async (item) => {
      tell(`${item.id} with sampler`);
      return (await sampled(() => byHand(item))).value;
    },
    baseline: async (item) => {
      tell(`${item.id} without sampler`);
      return byHand(item);
    },
  });
  const lines = conditions.map((item) => ({
    item,
    ...comparedPairs(item.workload, measured.get(item) ?? []),
  }));
  return {
    name: "sampler",
    title: "The sampler's cost",
    note: `The sampler's own CPU time on the SUT while redis is under load: at most ${significant(100 * share, 2)} % of
      all CPU time (${summary?.cores.length ?? 0} CPUs, ${summary?.samples ?? 0} samples; whole ticks, rounded up).
      Below: the programs by hand, with samplers running on both hosts and followed, against without;
      ${options.pairs} pairs in random order, ratio with / without and its 95 % interval.`,
    tables: [
      {
        columns: [
          { title: "condition" },
          { title: "metric" },
          { title: "with", align: "right" },
          { title: "without", align: "right" },
          { title: "ratio (95 % interval)", align: "right" },
        ],
        rows: lines.map(({ item, metric, pairs }) => [
          item.id,
          metric === null ? "" : `${metric.name} ${metric.unit}`,
          significant(medianOf(pairs.map(({ value }) => value))),
          significant(medianOf(pairs.map(({ baseline }) => baseline))),
          ratioOf(pairs),
        ]),
      },
    ],
    data: {
      ownShare: share,
      seconds: summary?.seconds,
      comparisons: lines.map(({ item, metric, pairs }) => ({
        condition: item,
        metric: metric?.name ?? null,
        pairs,
      })),
    },
  };
}

let windows = 0;

/** As a run has them; gives what the SUT's printed. */
async function startOnBoth({
  campaign,
  sut,
  loadgen,
  cleanupSignal,
}: BenchLab): Promise<() => Promise<string>> {
  windows += 1;
  const jobId = `${campaign.id}/sampler-${windows}`;
  const [onSut, onLoadgen] = await Promise.all(
    [sut, loadgen].map((machine) =>
      startSampler(machine, { jobId, signal: cleanupSignal, onSample: () => undefined }),
    ),
  );
  return async () => {
    const [text] = await Promise.all([onSut?.(cleanupSignal), onLoadgen?.(cleanupSignal)]);
    return text ?? "";
  };
}
