import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TareError } from "#shared/model/error.ts";
import { liveSchema } from "#shared/contract/campaigns.ts";
import { liveSample } from "#shared/sampler/live-sample.ts";
import { createSampleReader, parseSamples } from "#shared/sampler/parse-samples.ts";
import { summarizeSamples } from "#shared/sampler/summarize-samples.ts";

// user,nice,system,idle,iowait,irq,softirq,steal
const text = `tare-sampler 1 1772366400.500000000 1000.00 100
sample 1001.00 own=1 cpu0=50,0,10,20,10,1,4,5 cpu1=0,0,0,100,0,0,0,0 net.lo=9,9,9,9 net.eth0=1000,10,500,5 khz.policy0=2000000 khz.policy1=3000000 end
sample 1003.00 own=3 cpu0=180,0,20,0,0,0,0,0 cpu1=0,20,0,180,0,0,0,0 net.lo=0,0,0,0 net.eth0=8000,10,0,0 khz.policy0=3400000 khz.policy1=3400000 end
`;

test("ticks become shares, bytes become rates, uptime becomes wall-clock time", () => {
  const [first, second] = parseSamples(text);
  expect(first).toMatchObject({ at: "2026-03-01T12:00:01.500Z", intervalSeconds: 1, ownSeconds: 0.01 });
  expect(first?.cores[0]?.shares).toEqual({
    user: 0.5,
    nice: 0,
    system: 0.1,
    idle: 0.2,
    iowait: 0.1,
    irq: 0.01,
    softirq: 0.04,
    steal: 0.05,
  });
  expect(first?.cpu).toMatchObject({ user: 0.25, idle: 0.6, steal: 0.025 });
  expect(second?.network[1]).toEqual({
    name: "eth0",
    receiveBytes: 4000,
    receivePackets: 5,
    transmitBytes: 0,
    transmitPackets: 0,
  });
});

test("a window's summary weighs by time and knows steal, each CPU, frequency and the sampler's own share", () => {
  const samples = parseSamples(text);
  const summary = summarizeSamples(samples);
  expect(summary).toMatchObject({
    samples: 2,
    seconds: 3,
    frequencyKhz: { min: 2_000_000, mean: 2_950_000 },
  });
  expect(summary?.cpu.steal.max).toBeCloseTo(0.025);
  expect(summary?.cpu.steal.mean).toBeCloseTo(0.025 / 3);
  expect(summary?.cores[0]?.summary.busy.mean).toBeCloseTo((0.7 + 2) / 3);
  expect(summary?.cores[0]?.summary.busy.max).toBeCloseTo(1);
  expect(summary?.network[1]?.receive).toEqual({ mean: 3000, max: 4000 });
  // 0.02 s of CPU time and at most one tick more, in 2 s on two CPUs.
  expect(summary?.ownShare).toBeCloseTo(0.0075);
  expect(summarizeSamples(samples, { from: "2026-03-01T12:00:01.500Z" })?.samples).toBe(1);
  expect(summarizeSamples(samples, { to: "2026-03-01T12:00:01.000Z" })).toBeNull();
});

test("a live sample leaves out lo and fits the window's contract", () => {
  const [first] = parseSamples(text);
  if (first === undefined) throw new Error("no sample");
  const live = liveSample("sut", first);
  expect(liveSchema.parse(live)).toEqual(live);
  expect(live).toMatchObject({ network: { receive: 1000, transmit: 500 }, frequencyKhz: 2_500_000 });
  expect(Object.values(live.cpu).reduce((total, share) => total + share, 0)).toBeCloseTo(1);
});

test("cut anywhere, the whole lines before the cut are read and nothing else", () => {
  const ends = [...text.matchAll(/end\n/g)].map((match) => match.index + 4);
  fc.assert(
    fc.property(fc.nat(text.length), (length) => {
      expect(parseSamples(text.slice(0, length))).toHaveLength(ends.filter((end) => end <= length).length);
    }),
  );
});

test("in pieces of any size it reads the same", () => {
  const whole = parseSamples(text);
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const reader = createSampleReader();
      const read = places.flatMap((place, index) => reader.push(text.slice(place, places[index + 1])));
      expect(read).toEqual(whole);
    }),
  );
});

test("garbage is OUTPUT_UNREADABLE, never another error", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "sample 1002.00 own=1 cpu0=1,2,3 end",
      "sample 999.00 own=1 cpu0=1,1,1,1,1,1,1,1 end",
      "sample 1002.00 own=1  end",
      "sample 99999999999.9 own=1 cpu0=1,1,1,1,1,1,1,1 end",
    ),
  );
  fc.assert(
    fc.property(line, fc.nat(3), (garbage, at) => {
      const lines = text.split("\n");
      lines.splice(at, 0, garbage);
      try {
        parseSamples(lines.join("\n"));
      } catch (error) {
        if (!(error instanceof TareError) || error.code !== "OUTPUT_UNREADABLE") throw error;
      }
    }),
  );
});
