// Reads every import of the house and holds it against the rules of DESIGN: who may import whom.
import { readFileSync, globSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const folders = ["shared", "main", "preload", "renderer"] as const;
type Folder = (typeof folders)[number];

interface Import {
  readonly from: string;
  readonly target: string;
}

/** Packages that shared/ may use: pure, without I/O. */
const sharedPackages = ["zod", "@orpc/contract", "simple-statistics", "pure-rand"];

const allowed: Record<Folder, (target: string, from: string) => boolean> = {
  shared: (target) => inside(target, "shared") || sharedPackages.some((name) => isPackage(target, name)),
  main: (target, from) =>
    !inside(target, "renderer") &&
    !inside(target, "preload") &&
    (!isPackage(target, "electron") || from === "main/electron.ts" || from.startsWith("main/electron/")),
  preload: (target) => inside(target, "shared") || inside(target, "preload") || isPackage(target, "electron"),
  renderer: (target) =>
    !inside(target, "main") &&
    !inside(target, "preload") &&
    !target.startsWith("node:") &&
    !isPackage(target, "electron"),
};

function inside(target: string, folder: Folder): boolean {
  return target.startsWith(`${folder}/`);
}

function isPackage(target: string, name: string): boolean {
  return target === name || target.startsWith(`${name}/`);
}

function resolve(from: string, target: string): string {
  if (target.startsWith("#")) return target.slice(1);
  if (target.startsWith(".")) return normalize(join(dirname(from), target));
  return target;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?["']([^"']+)["']|import\(\s*["']([^"']+)["']/g,
  );
  return [...found].map((match) => ({ from: file, target: resolve(file, match[1] ?? match[2] ?? "") }));
}

const files = (folder: Folder) =>
  globSync(`${folder}/**/*.{ts,tsx}`).filter((file) => !file.endsWith(".d.ts"));

test.each(folders)("%s imports only what it may", (folder) => {
  const wrong = files(folder)
    .flatMap(importsOf)
    .filter(({ from, target }) => !allowed[folder](target, from))
    .map(({ from, target }) => `${from} imports ${target}`);
  expect(wrong).toEqual([]);
});

test("no file of the house exports a default or re-exports a folder", () => {
  const wrong = folders
    .flatMap(files)
    .filter((file) => !file.endsWith(".config.ts"))
    .filter((file) => /(^|\n)export default\b|(^|\n)export \* from/.test(readFileSync(file, "utf8")));
  expect(wrong).toEqual([]);
});

test("every file name is kebab-case", () => {
  const wrong = folders
    .flatMap(files)
    .filter((file) => !/^[a-z0-9-]+(\.config)?\.tsx?$/.test(file.split("/").at(-1) ?? ""));
  expect(wrong).toEqual([]);
});
