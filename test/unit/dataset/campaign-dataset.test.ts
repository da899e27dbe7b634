// A measured campaign in the words of the reference data, from a campaign that ran.
import { describe, expect, test } from "vitest";
import { readDatasets, readDistributions } from "#main/library/datasets.ts";
import { environmentWord } from "#shared/dataset/environment-words.ts";
import { wordsOf } from "#shared/dataset/words.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { workloadNames } from "#shared/model/workload.ts";
import { workloads } from "#shared/workloads/registry.ts";

const paths = { campaigns: "test/fixtures/campaigns", assets: "assets" };
const recorded = "demo-229c51";
const [dataset, paper] = await readDatasets(paths, [recorded, "felter-2014"]);

const point = (slot: string, quantity: string, terms: Readonly<Record<string, unknown>>) =>
  dataset?.points.find(
    (each) =>
      each.slot === slot &&
      each.quantity === quantity &&
      Object.entries(terms).every(([name, value]) => each.terms[name] === value),
  );

describe("points", () => {
  test("a value, its samples and its interval are in the quantity's unit: Gb/s become Mb/s", () => {
    const goodput = point("docker-nat", "goodput", { direction: "sut-receives" });
    expect(goodput).toMatchObject({ unit: "Mb/s", environment: "docker-nat" });
    const { samples = null, mean = 0 } = goodput ?? {};
    expect(samples?.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(mean * (samples?.length ?? 0), 6);
    expect(mean).toBeGreaterThan(1000);
  });

  test("a slot's control stands for no environment, so that claims compare the first native alone", () => {
    const control = dataset?.points.filter(({ slot }) => slot === "native.control") ?? [];
    expect(control.length).toBeGreaterThan(0);
    expect(control.every(({ environment }) => environment === null)).toBe(true);
  });

  test("throughputs of GET and SET in a mix are not the paper's, which ran one after the other", () => {
    expect(point("native", "throughput", { clients: 50 })?.terms["op"]).toBe("mixed_50_50");
    expect(point("native", "latency_mean", { op: "GET", clients: 50 })?.unit).toBe("µs");
    expect(point("native", "throughput", { op: "GET" })).toBeUndefined();
  });

  test("no two points of a slot say the same of the same condition", () => {
    const keys = dataset?.points.map(
      ({ slot, quantity, conditionId, terms }) =>
        `${slot} ${conditionId} ${quantity} ${JSON.stringify(terms)}`,
    );
    expect(new Set(keys).size).toBe(keys?.length);
  });
});

test("settings of the design have the paper's names, with where they come from", () => {
  const value = (subject: string, key: string) =>
    dataset?.settings.find((each) => each.subject === subject && each.key === key)?.value;
  expect(value("redis", "pipeline")).toBe(10);
  expect(value("redis", "read_share")).toBe(0.5);
  expect(value("stream", "working_set_GB")).toBeCloseTo((3 * 8 * 2 ** 24) / 1e9, 6);
  expect(dataset?.settings.every(({ source }) => source !== "")).toBe(true);
});

test("distributions are pooled over blocks from the raw output, and rise to 1", async () => {
  const [found] = await readDistributions(paths, [recorded], "redis");
  expect(found?.unreadable).toEqual([]);
  expect(found?.distributions.length).toBeGreaterThan(0);
  for (const { shares, values, observations } of found?.distributions ?? []) {
    expect(shares.at(-1)).toBeCloseTo(1, 9);
    expect(shares.every((share, index) => index === 0 || share >= (shares[index - 1] ?? 0))).toBe(true);
    expect(values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0))).toBe(true);
    expect(observations).toBeGreaterThan(0);
  }
});

describe("words", () => {
  const presets = ["as described", "as run", "quick"] as const;
  const conditions = workloadNames.flatMap((name) =>
    presets.flatMap((preset) => workloads[name].presets[preset] ?? []),
  );

  test("the conditions of the paper's presets have the terms of its series", () => {
    const known = (name: string) => new Set(paper?.points.map(({ terms }) => terms[name]));
    for (const { workload, parameters } of conditions) {
      const terms = (metric: string) => wordsOf(workload, { metric, parameters, sockets: 2 }).terms;
      if (workload === "stream") expect(known("kernel")).toContain(terms("copy")["kernel"]);
      if (workload === "nuttcp") expect(known("direction")).toContain(terms("throughput")["direction"]);
      if (workload === "netperf") expect(known("protocol")).toContain(terms("rate")["protocol"]);
    }
    const described = workloads.fio.presets["as described"] ?? [];
    const jobs = described.map(
      ({ parameters }) => wordsOf("fio", { metric: "iops", parameters, sockets: null }).terms,
    );
    for (const { job, rw, concurrency } of jobs) {
      expect(known("job")).toContain(job);
      expect(known("rw")).toContain(rw);
      expect(known("concurrency")).toContain(concurrency);
    }
    expect(new Set(jobs.map(({ job }) => job)).size).toBe(described.length);
  });

  test("no two metrics of a condition become the same quantity with the same terms", () => {
    for (const { workload, parameters, label } of conditions) {
      const made = workloads[workload].metrics.map(({ name }) =>
        JSON.stringify(wordsOf(workload, { metric: name, parameters, sockets: null })),
      );
      // A job of fio reports some of its metrics only; see the next test.
      if (workload !== "fio") expect(new Set(made).size, label).toBe(made.length);
    }
  });

  test("what a job of fio reports becomes as many quantities", () => {
    for (const { parameters, label } of workloads.fio.presets["as described"] ?? []) {
      const { pattern, blockBytes } = parameters;
      const whole = blockBytes === 4096 ? "iops" : "bandwidth";
      const sides = pattern === "randrw" ? ["read", "write"] : [String(pattern).replace("rand", "")];
      const reported = [
        whole,
        ...sides.flatMap((side) => [`${side}-iops`, `${side}-bandwidth`, `${side}-latency-mean`]),
      ];
      const made = reported.map((metric) =>
        JSON.stringify(wordsOf("fio", { metric, parameters, sockets: null })),
      );
      expect(new Set(made).size, label).toBe(reported.length);
    }
  });

  test("each preset's environment is the paper's where the paper has it", () => {
    const word = (id: string, subject: "mysql" | "fio" | "linpack" | "redis") => {
      const preset = configurationPresets.find(({ configuration }) => configuration.id === id);
      return preset === undefined ? undefined : environmentWord(preset.configuration, subject);
    };
    expect(word("docker-host", "mysql")).toBe("docker-host");
    expect(word("docker-nat", "mysql")).toBe("docker-nat");
    expect(word("docker-nat-layer", "mysql")).toBe("docker-nat-aufs");
    expect(word("docker-layer", "mysql")).toBe("docker-host-aufs");
    expect(word("docker-layer", "fio")).toBeNull();
    expect(word("docker-nat", "linpack")).toBe("docker");
    expect(word("docker-nat", "redis")).toBe("docker-nat");
    expect(word("kvm-tuned", "linpack")).toBe("kvm-tuned");
    expect(word("kvm-untuned", "linpack")).toBe("kvm");
  });
});
