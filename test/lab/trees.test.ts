// The cache of the lab's trees: an interrupted build never counts, leaves no process, and the next build starts over.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mustBeAvailable } from "#main/demo-lab/availability.ts";
import { defaultCacheFolder, ensureTrees, removeTrees } from "#main/demo-lab/trees.ts";
import { run, withDemoLab } from "./lab.ts";

// Makes sure that the default cache has the package repository that is copied here.
withDemoLab();
const signal = new AbortController().signal;

async function cacheWithRepository() {
  const recipe = await mustBeAvailable();
  const cacheFolder = await mkdtemp("/var/cache/tare-test-");
  onTestFinished(() => rm(cacheFolder, { recursive: true, force: true }));
  const { repository } = recipe.names;
  await cp(join(defaultCacheFolder, repository), join(cacheFolder, repository), { recursive: true });
  return { recipe, cacheFolder };
}

/** Command lines of processes that work on the folder. */
async function workingOn(folder: string): Promise<string[]> {
  const { stdout } = await run("ps", ["-e", "-o", "args="]);
  return stdout.split("\n").filter((line) => line.includes(folder));
}

test("a build whose process is killed leaves an unfinished folder and no process", async () => {
  const { recipe, cacheFolder } = await cacheWithRepository();
  const state = await mkdtemp("/var/lib/tare-test-");
  onTestFinished(() => rm(state, { recursive: true }));
  const builder = spawn(process.execPath, ["test/lab/up.ts", "never", state, cacheFolder], {
    stdio: "ignore",
  });
  const gone = new Promise((resolve) => builder.once("close", resolve));
  const building = `${recipe.names.host}.building`;
  await expect
    .poll(async () => readdir(join(cacheFolder, building, "usr/bin")).catch(() => []), { timeout: 60_000 })
    .not.toEqual([]);
  builder.kill("SIGKILL");
  await gone;
  await expect.poll(async () => workingOn(cacheFolder), { timeout: 10_000 }).toEqual([]);
  expect(await readdir(cacheFolder)).toEqual(
    [building, "lock", recipe.names.repository, "userlands"].toSorted(),
  );

  const cancelled = new AbortController();
  const stages: string[] = [];
  const onProgress = (stage: string) => {
    stages.push(stage);
    if (stage.startsWith("Building the hosts'")) cancelled.abort();
  };
  const next = ensureTrees({ cacheFolder, recipe, onProgress, signal: cancelled.signal });
  await expect(next).rejects.toMatchObject({ code: "CANCELLED" });
  expect(await readdir(join(cacheFolder, building))).toEqual([]);
});

test("removing the trees removes nothing else", async () => {
  const { recipe, cacheFolder } = await cacheWithRepository();
  await mkdir(join(cacheFolder, `${recipe.names.host}.building.root`));
  await mkdir(join(cacheFolder, "userlands"));
  await mkdir(join(cacheFolder, "somebody-else"));
  await writeFile(join(cacheFolder, "note"), "");
  await removeTrees(cacheFolder, signal);
  expect(await readdir(cacheFolder)).toEqual(["lock", "note", "somebody-else"]);
});
