// Results for other programs.
import { expect, test } from "vitest";
import { ladderTsv, resultMarkdown, resultTsv, startUpTsv } from "#shared/report/result-export.ts";
import { finishedResults } from "../sample-results.ts";
import { walkResults } from "../sample-walk.ts";

const { rows } = finishedResults;

test("tab-separated values hold a line for each row with unrounded numbers, and nothing where there is none", () => {
  const lines = resultTsv(rows)
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(lines.length).toBe(rows.length + 1);
  expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([14]));
  const [, native, , docker] = lines;
  expect(native?.slice(0, 7)).toEqual(["stream", "STREAM", "TRIAD", "GB/s", "higher", "Native", "4"]);
  expect(Number(native?.[7])).toBe(rows[0]?.mean);
  expect(native?.slice(9, 12)).toEqual(["", "", ""]);
  expect(Number(docker?.[10])).toBe(rows[2]?.ratio?.interval?.[0]);
});

test("a label can neither add a column nor a line", () => {
  const [row] = rows;
  if (row === undefined) throw new Error("the sample has no rows");
  const typed = { ...row, label: "a\tb\nc | <b>d</b>" };
  const [, line = ""] = resultTsv([typed]).split("\n");
  expect(line.split("\t")[5]).toBe("a b c | <b>d</b>");
  const [, , cells = ""] = resultMarkdown([typed]).split("\n");
  expect(cells).toContain("| a b c \\| \\<b\\>d\\</b\\> |");
});

test("the Markdown table rounds as everywhere and names the marks", () => {
  const lines = resultMarkdown(rows).trimEnd().split("\n");
  expect(lines.length).toBe(rows.length + 2);
  expect(lines.find((line) => line.includes("KVM"))).toContain("emulated: not a result");
});

test("ladders and start-up are tab-separated values, too, with every step, the whole way and every mark", () => {
  const cellsOf = (text: string) =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => line.split("\t"));
  const ladder = cellsOf(ladderTsv(walkResults.ladders));
  expect(new Set(ladder.map(({ length }) => length))).toEqual(new Set([15]));
  const redis = ladder.filter(([, workload]) => workload === "redis");
  expect(redis.map(([, , , , , , step, label]) => [step, label])).toEqual([
    ["0", "Docker proxy"],
    ["1", "Docker nat"],
    ["2", "Docker host"],
    ["total", ""],
  ]);
  const row = walkResults.ladders.find(({ workload }) => workload === "redis");
  expect(Number(redis[1]?.[9])).toBe(row?.steps[1]?.ratio?.value);
  expect(redis[1]?.slice(13)).toEqual(["not-held", "evidence not held"]);
  expect(Number(redis[3]?.[9])).toBe(row?.total?.value);
  const startUp = cellsOf(startUpTsv(walkResults.startUp));
  expect(startUp.map(([label, n]) => [label, n])).toEqual([
    ["configuration", "n"],
    ["Native", "4"],
    ["Native (A/A control)", "4"],
    ["Docker proxy", "4"],
    ["Docker nat", "4"],
  ]);
  expect(startUp[3]?.[2]).toBe("0.625");
});
