// The lock file is whole: a registry that lacks a package of another platform must not make `npm ci` fail.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const range = z.record(z.string(), z.string()).optional();
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ dependencies: range, optionalDependencies: range })),
});

test("every package that a package names is locked, also those of other platforms", () => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !placesOf(path, name).some((place) => place in packages))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

/** Where Node looks for a package from a folder of the tree, from the inside out. */
function placesOf(path: string, name: string): string[] {
  const parts = path === "" ? [] : path.split(/(?:^|\/)node_modules\//).slice(1);
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [...parts.slice(0, parts.length - up), name].map((part) => `node_modules/${part}`).join("/"),
  );
}
