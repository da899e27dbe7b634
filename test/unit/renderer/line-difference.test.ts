// Differences of two texts: both can be read out of them, and equal lines are only left out where they are counted.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineDifference } from "#renderer/wizards/preview/line-difference.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "# as root"), { maxLength: 30 });

test("the same text has no difference", () => {
  fc.assert(
    fc.property(lines, (text) => {
      expect(lineDifference(text, text)).toEqual([]);
    }),
  );
});

test("both texts can be made of the difference and of each other", () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const found = lineDifference(before, after);
      if (found.length === 0) {
        expect(before).toEqual(after);
        return;
      }
      const made = found.flatMap((line) => {
        if (line.sign === "…") return after.slice(line.line, line.line + line.count);
        return line.sign === "-" ? [] : [line.text];
      });
      expect(made).toEqual(after);
      const old = found.flatMap((line) => {
        if (line.sign === "…") return after.slice(line.line, line.line + line.count);
        return line.sign === "+" ? [] : [line.text];
      });
      expect(old).toEqual(before);
    }),
  );
});

test("two lines of context stay, and the number of the others is told", () => {
  const text = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  const found = lineDifference(text, text.with(6, "changed"));
  expect(found.map((line) => (line.sign === "…" ? `… ${line.count}` : `${line.sign}${line.text}`))).toEqual([
    "… 4",
    " line 4",
    " line 5",
    "-line 6",
    "+changed",
    " line 7",
    " line 8",
    "… 3",
  ]);
});
