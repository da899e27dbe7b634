// The parts of the benchmark that need no machine: options, order, text.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { breakdownOf } from "../../bench/breakdown.ts";
import { measurePairs } from "../../bench/compare.ts";
import { benchConditions } from "../../bench/conditions.ts";
import { benchOptions } from "../../bench/options.ts";
import { reportWidth, sectionText } from "../../bench/report.ts";
import { bindCondition, workloads } from "#shared/workloads/registry.ts";

test("without options every section is measured, with seven pairs", () => {
  expect(benchOptions([])).toEqual({
    only: ["by-hand", "overhead", "sampler", "window", "bytes"],
    pairs: 7,
    seconds: 2,
    starts: 5,
    seed: 1,
    out: null,
  });
});

test.each([["--pairs=0"], ["--pairs=x"], ["--only=by-hand,time"], ["--seed=1.5"], ["--faster"]])(
  "%s is refused",
  (option) => {
    expect(() => benchOptions([option])).toThrow(/--/);
  },
);

test("every condition of the benchmark has usable parameters and a metric of its workload", () => {
  for (const { condition, metric } of benchConditions(2)) {
    bindCondition(condition);
    expect(workloads[condition.workload].metrics.map(({ name }) => name)).toContain(metric);
  }
});

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
