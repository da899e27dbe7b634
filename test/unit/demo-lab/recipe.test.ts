// The names of cached trees: they change when, and only when, what is in the tree would.
import { expect, test } from "vitest";
import { architectures, recipeFor } from "#main/demo-lab/recipe.ts";

const amd64 = architectures["amd64"] ?? expect.fail("amd64 has a recipe");

test("the same recipe finds the same trees, another release or architecture finds others", () => {
  const { names } = recipeFor("bookworm", "amd64", amd64);
  expect(recipeFor("bookworm", "amd64", amd64).names).toEqual(names);
  const others = [
    recipeFor("trixie", "amd64", amd64),
    recipeFor("bookworm", "arm64", architectures["arm64"] ?? amd64),
  ];
  const all = [names, ...others.map((recipe) => recipe.names)].flatMap((each) => Object.values(each));
  expect(new Set(all).size).toBe(9);
});

test("another kernel for guests leaves the hosts' tree as it is", () => {
  const { names } = recipeFor("bookworm", "amd64", amd64);
  const changed = recipeFor("bookworm", "amd64", { ...amd64, kernel: "linux-image-amd64" }).names;
  expect(changed.host).toBe(names.host);
  expect(changed.repository).not.toBe(names.repository);
});
