import { expect, test } from "vitest";
import { choiceOf, searchOf } from "#renderer/pages/compare/compare-state.ts";

test("a comparison's address says all of it, and is read back as it was", () => {
  const choice = {
    campaigns: ["b", "a", "felter-2014"],
    correction: "holm",
    onlyReal: true,
    all: true,
  } as const;
  expect(choiceOf(searchOf(choice))).toEqual(choice);
  expect(choiceOf(new URLSearchParams())).toEqual({
    campaigns: [],
    correction: "benjamini-hochberg",
    onlyReal: false,
    all: false,
  });
});

test("what cannot be a campaign, and the same one twice, is left out; at most twenty are compared", () => {
  const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
  expect(choiceOf(new URLSearchParams({ campaigns: "a,a,../x,<b>,c" })).campaigns).toEqual(["a", "c"]);
  expect(choiceOf(new URLSearchParams({ campaigns: ids.join(",") })).campaigns).toHaveLength(20);
});
