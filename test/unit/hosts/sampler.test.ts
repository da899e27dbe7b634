// The sampler on this machine, for three samples of a second and for quick ones.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSampler } from "#main/hosts/sampler.ts";
import type { Sample } from "#shared/sampler/sample.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { summarizeSamples } from "#shared/sampler/summarize-samples.ts";
import { localMachine, runLocally, scriptFolder } from "./local-machine.ts";

const script = join(scriptFolder, "sampler.sh");
const signal = new AbortController().signal;

test("each second accounts for all time of every CPU, and the cost is told", async () => {
  const { stdout, stderr, status } = await runLocally({ argv: ["sh", script, "3", "1"] });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const samples = parseSamples(stdout);
  expect(samples).toHaveLength(3);
  for (const { cores, cpu, at, network } of samples) {
    expect(cores.map((core) => core.cpu)).toEqual([...Array(availableParallelism()).keys()]);
    for (const shares of [cpu, ...cores.map((core) => core.shares)])
      expect(Object.values(shares).reduce((total, share) => total + share, 0)).toBeCloseTo(1, 9);
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
    expect(network.map(({ name }) => name)).toContain("lo");
  }
  const cost = summarizeSamples(samples)?.ownShare ?? Number.NaN;
  console.log(
    `sampler's cost: at most ${(cost * 100).toFixed(2)} % of the CPU time of ${availableParallelism()} CPUs`,
  );
  expect(cost).toBeLessThan(0.02);
});

test("followed as a job it gives samples as they come, and all of its text when stopped", async () => {
  const seen: Sample[] = [];
  const two = Promise.withResolvers<void>();
  const stop = await startSampler(localMachine(), {
    jobId: "c/r.1.sampler",
    signal,
    onSample: (sample) => {
      seen.push(sample);
      if (seen.length === 2) two.resolve();
    },
  });
  await two.promise;
  const text = await stop(signal);
  expect(parseSamples(text)).toEqual(seen);
});
