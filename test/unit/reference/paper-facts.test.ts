// What the paper's repository has of each figure, as its description counts it (felter2014.md, section 2).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { paperFacts } from "#shared/reference/paper-facts.ts";
import { paperFileSchema } from "#shared/reference/paper-file.ts";

const path = new URL("../../../assets/reference/felter2014.json", import.meta.url);
const facts = paperFacts(paperFileSchema.parse(JSON.parse(readFileSync(path, "utf8"))));

test.each([
  [1, 3, 0, 0, [10, 10]],
  [2, 12, 0, 0, [10, 10]],
  [7, 6, 0, 0, null],
  [8, 8, 0, 0, null],
  [10, 6, 2, 0, [1, 1]],
  [11, 9, 3, 0, [1, 1]],
  [12, 0, 0, 4, null],
  [13, 144, 360, 0, [10, 40]],
  [16, 75, 0, 0, [10, 10]],
  [18, 75, 0, 0, [10, 10]],
])("figure %s: %s points, %s others, %s curves, repeats %o", (figure, points, others, curves, repeats) => {
  expect(facts.coverage.find((each) => each.figure === figure)).toMatchObject({
    points,
    others,
    curves,
    repeats,
  });
});

test("figures come in order, what is in none of them last; both tables are whole", () => {
  const figures = facts.coverage.map(({ figure }) => figure);
  expect(figures).toEqual([1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 14, 16, 17, 18, null]);
  expect(facts.tables.map(({ rows }) => rows.length)).toEqual([4, 5]);
  expect(facts.environments[0]).toEqual({ label: "Native", text: "Linux on the host, no container" });
});
