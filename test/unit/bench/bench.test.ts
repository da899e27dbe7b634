// The parts of the benchmark that need no machine: options, order, text.
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { breakdownOf } from "../../bench/breakdown.ts";
import { holdingOne, measurePairs, ratioOf } from "../../bench/compare.ts";
import { comparedPairs } from "../../bench/compared-metric.ts";
import { benchConditions } from "../../bench/conditions.ts";
import { benchOptions } from "../../bench/options.ts";
import { reportWidth, sectionText } from "../../bench/report.ts";
import { serverByHand, typedByHand } from "../../bench/typed-by-hand.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { sessionName } from "#shared/environments/names.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { workloadNames } from "#shared/model/workload.ts";
import { runLocally } from "../workloads/local.ts";
import { sampleContext } from "../../fixtures/sample-sut.ts";
import { bindCondition, presetConditions } from "#shared/workloads/registry.ts";

test("without options every section is measured, with seven pairs", () => {
  expect(benchOptions([])).toEqual({
    only: ["by-hand", "overhead", "sampler", "library", "window", "figures", "bytes"],
    environments: ["native", "docker-host", "kvm"],
    workloads: workloadNames,
    all: false,
    pairs: 7,
    seconds: 2,
    starts: 5,
    campaigns: [10, 100, 1000],
    seed: 1,
    out: null,
  });
});

test("a short run is asked for by lists", () => {
  const argv = ["--only=by-hand", "--workloads=redis, stream", "--environments=docker-nat", "--all"];
  expect(benchOptions(argv)).toMatchObject({
    only: ["by-hand"],
    workloads: ["redis", "stream"],
    environments: ["docker-nat"],
    all: true,
  });
});

test.each([
  ["--environments=podman"],
  ["--workloads=redis,"],
  ["--pairs=0"],
  ["--pairs=x"],
  ["--only=by-hand,time"],
  ["--seed=1.5"],
  ["--faster"],
])("%s is refused", (option) => {
  expect(() => benchOptions([option])).toThrow(/--/);
});

test.each([true, false])(
  "every workload has conditions with usable parameters that last as long as asked, all: %s",
  (all) => {
    const conditions = benchConditions(workloadNames, { seconds: 4, all });
    expect(new Set(conditions.map(({ workload }) => workload))).toEqual(new Set(workloadNames));
    for (const condition of conditions) {
      const { seconds } = condition.parameters;
      const bound = bindCondition(condition);
      const lasts = Number(seconds ?? bound.estimateSeconds());
      // One that repeats without a parameter for it runs as its preset has it.
      const preset = presetConditions(condition.workload, "quick").find(({ id }) => id === condition.id);
      const fixed = preset !== undefined && isDeepStrictEqual(preset.parameters, condition.parameters);
      expect({ id: condition.id, enough: fixed || lasts >= 4 }).toEqual({ id: condition.id, enough: true });
    }
    if (!all) expect(conditions).toHaveLength(workloadNames.length);
  },
);

test("the mean of repetitions is compared where a workload has one, else its first primary metric", () => {
  const run = (...measurements: readonly (readonly [string, number])[]) => ({
    measurements: measurements.map(([metric, value]) => ({ metric, value, unit: "" })),
  });
  const stream = {
    value: run(["triad", 9], ["triad-mean", 8]),
    baseline: run(["triad", 9], ["triad-mean", 4]),
  };
  expect(comparedPairs("stream", [stream])).toMatchObject({
    metric: { name: "triad-mean", unit: "GB/s" },
    pairs: [{ value: 8, baseline: 4 }],
  });
  const fio = { value: run(["iops", 3], ["bandwidth", 2]), baseline: run(["bandwidth", 1]) };
  expect(comparedPairs("fio", [fio])).toMatchObject({
    metric: { name: "bandwidth" },
    pairs: [{ value: 2, baseline: 1 }],
  });
  expect(comparedPairs("fio", [])).toEqual({ metric: null, pairs: [] });
  expect(() => comparedPairs("fio", [fio, { ...fio, baseline: run() }])).toThrow(/no bandwidth/);
});

test("intervals that hold 1 are counted among those that are intervals", () => {
  const pairs = (...ratios: readonly number[]) => ratios.map((value) => ({ value, baseline: 1 }));
  const all = [pairs(0.9, 1.1, 1), pairs(1.1, 1.11, 1.12), pairs(0.8, 0.81, 0.82), pairs(1), []];
  expect(holdingOne(all)).toEqual({ holding: 1, of: 3 });
  // Logs 0, ln 1.1, ln 1.21: mean ln 1.1, standard error ln 1.1 / sqrt(3), t = 4.303 at two degrees of freedom.
  expect(ratioOf(pairs(1, 1.1, 1.21))).toBe("1.100 (0.868 to 1.394)");
});

test("an item that fails has no further pairs, and the others have all of theirs", async () => {
  const failures: string[] = [];
  let left = 2;
  const measured = await measurePairs(
    ["x", "y"],
    { pairs: 5, seed: 3 },
    {
      value: () => Promise.resolve(1),
      baseline: (item) => {
        if (item === "x" && --left < 0) return Promise.reject(new Error("gone"));
        return Promise.resolve(1);
      },
      onFailure: (item, error) => failures.push(`${item} ${String(error)}`),
    },
  );
  expect(failures).toEqual(["x Error: gone"]);
  expect([...measured].map(([item, pairs]) => [item, pairs.length])).toEqual([
    ["x", 2],
    ["y", 5],
  ]);
});

test("what is typed into a container has no mark of a job; a server has a terminal there", () => {
  const context = sampleContext(preset("docker-host"));
  const command = environmentOf(context.configuration).enter(context, ["redis-server", "--port", "1"]);
  const start = ["docker", "exec"];
  const rest = ["--interactive", "--workdir", "/data", sessionName(context), "redis-server", "--port", "1"];
  expect(typedByHand(command).argv).toEqual([...start, ...rest]);
  expect(serverByHand(command).argv).toEqual([...start, "--tty", ...rest]);
  const native = { argv: ["sh", "/x/native-enter.sh", "docker", "exec", "--env", "TARE_JOB"], root: true };
  expect(serverByHand(native)).toEqual(native);
  const { argv } = serverByHand({ ...command, stdin: "a = 1\n" });
  expect(argv.slice(0, 7)).toEqual([...start, "--tty", ...rest.slice(0, 4)]);
  expect(argv.slice(7)).toEqual(["sh", "-c", expect.any(String), "sh", "a = 1\n", ...rest.slice(4)]);
});

test("a server's input is what it reads, whatever it holds", async () => {
  const stdin = "[mysqld]\nport = 1\nx = \"$(reboot) 'END' `id`\nEND\n";
  const { argv } = serverByHand({ argv: ["cat"], stdin });
  expect(await runLocally(argv)).toMatchObject({ status: 0, stdout: `${stdin}\n`, stderr: "" });
});

function preset(id: string): Configuration {
  const found = configurationPresets.find(({ configuration }) => configuration.id === id);
  if (found === undefined) throw new Error(`There is no preset ${id}.`);
  return found.configuration;
}

test("the seed alone decides the order, each item gets its pairs, and the two of a pair stand together", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 6 }), async (seed, pairs) => {
      const order = async () => {
        const seen: string[] = [];
        const side = (name: string, value: number) => (item: string) => {
          seen.push(item + name);
          return Promise.resolve(value);
        };
        const measured = await measurePairs(
          ["x", "y", "z"],
          { pairs, seed },
          { value: side("A", 2), baseline: side("B", 1) },
        );
        for (const found of measured.values())
          expect(found).toEqual(Array.from({ length: pairs }, () => ({ value: 2, baseline: 1 })));
        return seen;
      };
      const seen = await order();
      expect(await order()).toEqual(seen);
      for (let index = 0; index < seen.length; index += 2) {
        const both = seen.slice(index, index + 2).sort();
        expect(both).toEqual([`${both[0]?.[0]}A`, `${both[0]?.[0]}B`]);
      }
    }),
  );
});

test("no line of the report is wider than it may be", () => {
  const word = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/\s/.test(text));
  const line = fc.tuple(fc.string({ maxLength: 150 }), word, word);
  fc.assert(
    fc.property(fc.array(line), fc.array(word), (rows, note) => {
      const clean = rows.map((row) => row.map((cell) => cell.replaceAll(/\s/g, " ")));
      const text = sectionText({
        name: "t",
        title: "Title",
        note: note.join(" "),
        tables: [{ columns: [{ title: "a" }, { title: "b" }, { title: "c", align: "right" }], rows: clean }],
        data: null,
      });
      for (const each of text.split("\n")) expect(each.length).toBeLessThanOrEqual(reportWidth);
    }),
  );
});

test("the breakdown has each journey in order, repeated ones apart, and takes off what a program itself ran", () => {
  const end = {
    status: 0,
    seconds: 1,
    startedAt: "",
    reason: "exited",
    stdoutBytes: 0,
    stderrBytes: 0,
  } as const;
  const call = (act: string, of: string, begun: number, ended: number) => ({
    machine: "sut" as const,
    act,
    of,
    begun,
    ended,
  });
  const calls = [
    call("run", "sh /a/b/look.sh", 110, 120),
    call("run", "sh /a/b/look.sh", 130, 160),
    { ...call("follow", "c/r1.1.measure.0", 200, 1250), end },
    { ...call("follow", "c/r1.1.server.0", 1300, 1310), end },
    call("fetch", "c/r1.1.server.0 stdout", 1310, 1315),
  ];
  const run = { measurements: [], toolSeconds: 1, totalSeconds: 1, wallSeconds: 2, programSeconds: 1 };
  const journeys = breakdownOf([{ ...run, begun: 100, calls }]);
  expect(journeys.map(({ step, beginsMs, takesMs }) => [step, beginsMs, takesMs])).toEqual([
    ["run sh look.sh", 10, 10],
    ["run sh look.sh (2)", 30, 30],
    ["follow measure.0", 100, 50],
    ["follow server.0", 1200, 10],
    ["fetch server.0 stdout", 1210, 5],
  ]);
});
