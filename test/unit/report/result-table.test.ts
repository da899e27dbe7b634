// The table of results in the terminal.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { resultTable } from "#shared/report/result-table.ts";
import { emptyResults, finishedResults } from "../sample-results.ts";

test("the table shows means, ratios with intervals and every mark", () => {
  expect(`\n${resultTable(finishedResults).replaceAll("\u00A0", " ")}`).toMatchInlineSnapshot(`
    "
    configuration                           mean ± s  unit         n  ratio to native (95 % interval)

    STREAM: TRIAD (higher is better)
    Native                            10.012 ± 0.085  GB/s         4
    Native (A/A control)              10.002 ± 0.075  GB/s         4  0.999 (0.995 to 1.003)
        not distinguishable from native; 1 outlier (block 3)
    Docker, NAT                       10.008 ± 0.074  GB/s         4  1.000 (0.996 to 1.003)
        not distinguishable from native
    KVM                                  1.63 ± 0.85  GB/s         4  0.149 (0.0733 to 0.304)
        emulated: not a result; 1 outlier (block 4)

    STREAM: COPY (higher is better)
    Native                             9.011 ± 0.077  GB/s         4
    Native (A/A control)               9.002 ± 0.068  GB/s         4  0.999 (0.995 to 1.003)
        not distinguishable from native; 1 outlier (block 3)
    Docker, NAT                        9.007 ± 0.067  GB/s         4  1.000 (0.996 to 1.003)
        not distinguishable from native
    KVM                                  1.46 ± 0.77  GB/s         4  0.149 (0.0733 to 0.304)
        emulated: not a result; 1 outlier (block 4)

    Redis, 50 clients: Throughput (higher is better)
    Native                             106 900 ± 294  1/s          4
    Native (A/A control)               106 950 ± 129  1/s          4  1.000 (0.996 to 1.005)
        not distinguishable from native
    Docker, NAT                         90 900 ± 361  1/s          3  0.849 (0.838 to 0.861)
        1 of 4 runs failed
    KVM                                 11 963 ± 125  1/s          4  0.112 (0.111 to 0.113)
        emulated: not a result
    "
  `);
});

test("no line is wider than 100 columns, however long the labels", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200 }), (label) => {
      const rows = finishedResults.rows.map((row) =>
        Object.assign({}, row, { label, conditionLabel: label }),
      );
      const lines = resultTable({ ...emptyResults, rows }).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    }),
  );
});

test("without any row the table says so", () => {
  expect(resultTable(emptyResults)).toBe("Nothing was measured yet.\n");
});
