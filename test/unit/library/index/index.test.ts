// The index: derived, deletable, shared by processes, fresh, and found again after its thread or its file was lost.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { asyncProperty, assert, constantFrom, oneof, array, property, string } from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { createCampaignFolder } from "#main/library/campaign-folder.ts";
import { createCampaignLibrary } from "#main/library/campaign-library.ts";
import { readDatasets } from "#main/library/datasets.ts";
import { describeCampaign } from "#main/library/describe.ts";
import { createIndexClient } from "#main/library/index/index-client.ts";
import { searchQuery } from "#main/library/index/search-query.ts";
import { startIndexWorker } from "#main/library/index/start-worker.ts";
import { readCampaignSource } from "#main/report/campaign-source.ts";
import type { Dataset } from "#shared/model/dataset.ts";
import { paperId } from "#shared/model/dataset.ts";
import { lineSchema } from "#shared/model/text.ts";
import { temporaryLibrary } from "../../../fixtures/temporary-library.ts";
import { sampleCampaign } from "../../sample-campaign.ts";

const recorded = join(import.meta.dirname, "../../../fixtures/campaigns/2026-11-24-demo-229c51");
const parsed = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Dataset[];

test("deleted, damaged or of another version, the index is made again and nothing is lost", async () => {
  const { library, paths } = await temporaryLibrary();
  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "first", name: "First look" }));
  await library.list({ whole: true });
  await library.close();
  const damages: (() => Promise<unknown>)[] = [
    () => rm(paths.index),
    () => writeFile(paths.index, "this is no database, and long enough to be taken for one ".repeat(200)),
    async () => {
      const bytes = await readFile(paths.index);
      await writeFile(paths.index, bytes.fill(0x5a, 4096, 4096 * 12));
    },
    async () => {
      const db = new DatabaseSync(paths.index);
      db.exec("DROP TABLE points; PRAGMA user_version = 0");
      db.close();
    },
    async () => {
      const db = new DatabaseSync(paths.index);
      db.exec("PRAGMA user_version = 9999");
      db.close();
    },
  ];
  for (const damage of damages) {
    await damage();
    const again = await temporaryLibrary({ data: paths.data });
    expect(await again.measuredIds()).toEqual(["first"]);
    await again.library.list({ whole: true });
    expect(await again.library.find("first look")).toEqual(["first"]);
    await again.library.close();
  }
});

test("what changes outside of Tare is seen by the next list, and only that is read again", async () => {
  const { library, paths, measuredIds } = await temporaryLibrary();
  const first = await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "first" }));
  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "second" }));
  expect(await measuredIds()).toEqual(["second", "first"]);
  const before = (await library.list()).index.generation;
  expect((await library.list()).index.generation).toBe(before);
  await cp(recorded, join(paths.campaigns, "2026-11-24-demo-229c51"), { recursive: true });
  await rm(first, { recursive: true });
  expect(await measuredIds()).toEqual(["demo-229c51", "second"]);
  const { index } = await library.list();
  expect(index).toMatchObject({ building: false, done: 1, total: 1 });
  expect(index.generation).toBeGreaterThan(before);
});

test("who watches is told of every change; rebuilding keeps the list", async () => {
  const { library, paths, measuredIds } = await temporaryLibrary();
  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "first" }));
  await measuredIds();
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const states = library.watch(stop.signal);
  const now = (await states.next()).value;
  await library.annotate("first", { tags: ["a"], note: "", archived: false });
  expect((await states.next()).value?.generation).toBeGreaterThan(now?.generation ?? 0);
  await library.rebuild();
  for await (const { building, total, done } of states) if (!building && total === 2 && done === 2) break;
  expect((await library.list()).campaigns.map(({ id, tags }) => [id, tags])).toEqual([
    ["first", ["a"]],
    [paperId, []],
  ]);
});

test("datasets from the index are those that the folders give, fresh while a campaign goes on", async () => {
  const { library, paths } = await temporaryLibrary();
  const path = join(paths.campaigns, "2026-11-24-demo-229c51");
  await cp(recorded, path, { recursive: true });
  const lines = (await readFile(join(path, "events.jsonl"), "utf8")).trimEnd().split("\n");
  await writeFile(join(path, "events.jsonl"), `${lines.slice(0, 60).join("\n")}\n`);
  const ids = ["demo-229c51", paperId];
  const plain = (datasets: readonly Dataset[]) => JSON.parse(JSON.stringify(datasets)) as Dataset[];
  const [early] = parsed(await library.datasets(ids, null));
  await appendFile(join(path, "events.jsonl"), `${lines.slice(60).join("\n")}\n`);
  for (const subjects of [undefined, ["redis", "stream"] as const, [] as const]) {
    const direct = plain(await readDatasets(paths, ids, subjects));
    const byIndex = parsed(await library.datasets(ids, subjects ?? null));
    const sorted = (datasets: Dataset[]) =>
      datasets.map((each) => ({ ...each, points: each.points.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }));
    expect(sorted(byIndex)).toEqual(sorted(direct));
  }
  const [late] = parsed(await library.datasets(ids, null));
  expect(late?.points.length).toBeGreaterThan(early?.points.length ?? Infinity);
  await library.rename("demo-229c51", "Shown");
  expect(parsed(await library.datasets(ids, []))[0]?.name).toBe("Shown");
  expect((await readDatasets(paths, ids))[0]?.name).toBe("Shown");
  expect((await readCampaignSource(paths, "demo-229c51")).dataset.name).toBe("Shown");
  expect((await describeCampaign(paths, "demo-229c51")).name).toBe("Shown");
  await expect(library.datasets(["none"], null)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("two processes build one index at once, and each finds all", async () => {
  const { library, paths } = await temporaryLibrary();
  for (const id of ["a", "b", "c", "d"])
    await createCampaignFolder(paths.campaigns, sampleCampaign({ id, name: `Twice ${id}` }));
  const program = join(import.meta.dirname, "../../../fixtures/list-library.ts");
  const both = await Promise.all(
    [1, 2].map(() => promisify(execFile)(process.execPath, [program, paths.data, "twice"])),
  );
  for (const { stdout, stderr } of both) {
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      listed: ["d", "c", "b", "a", paperId],
      found: expect.arrayContaining(["a", "b", "c", "d"]) as string[],
    });
  }
  expect((await library.list({ whole: true })).campaigns).toHaveLength(5);
  expect((await stat(paths.index)).size).toBeGreaterThan(0);
});

test("a thread that ends is followed by another one, and what was asked is answered", async () => {
  const { paths } = await temporaryLibrary();
  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "first" }));
  const threads: Worker[] = [];
  const index = createIndexClient(paths, (start) => {
    const thread = startIndexWorker(start);
    threads.push(thread);
    return thread;
  });
  const library = createCampaignLibrary(paths, { index });
  onTestFinished(() => library.close());
  const asked = library.list({ whole: true });
  await threads[0]?.terminate();
  expect((await asked).campaigns.map(({ id }) => id)).toEqual(["first", paperId]);
  const [, second] = threads;
  if (second === undefined) throw new Error("no second thread was started");
  const gone = once(second, "exit");
  await second.terminate();
  await gone;
  expect(await library.find("sample")).toEqual(["first"]);
  expect(threads).toHaveLength(3);

  const broken = createIndexClient(paths, (start) => {
    const thread = startIndexWorker(start);
    void thread.terminate();
    return thread;
  });
  await expect(broken.ask("find", { text: "x" })).rejects.toMatchObject({ code: "INTERNAL" });
  await broken.close();
  await expect(broken.ask("find", { text: "x" })).rejects.toMatchObject({ code: "CANCELLED" });
});

test("any text is a query; a name is found by each of its words and by how they begin, whatever their case", async () => {
  const db = new DatabaseSync(":memory:");
  onTestFinished(() => db.close());
  db.exec("CREATE VIRTUAL TABLE search USING fts5 (name, tokenize = 'unicode61 remove_diacritics 2')");
  const match = db.prepare("SELECT rowid FROM search WHERE search MATCH ?");
  const signs = ['"', "*", "-", "+", "^", ":", "(", ")", "{", "}", "\\", "'"];
  const sign = constantFrom(...signs, " AND ", " OR ", " NOT ", "NEAR(", "\0", "name:");
  const any = oneof(
    string({ unit: "binary" }),
    array(oneof(sign, string()), { maxLength: 8 }).map((parts) => parts.join("")),
  );
  assert(
    property(any, (text) => {
      const query = searchQuery(text);
      if (query !== null) match.all(query);
    }),
    { numRuns: 500 },
  );

  const { library, paths } = await temporaryLibrary();
  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "named" }));
  await library.list({ whole: true });
  const letters = "a b c x y z A É é ü ñ ø λ Ж ж 東 京 0 1 8 9 - _ . , / ( ) \" ' * : + #".split(" ");
  const word = string({ unit: constantFrom(...letters), minLength: 1, maxLength: 12 });
  const line = array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));
  await assert(
    asyncProperty(
      line.filter((text) => lineSchema.safeParse(text).success),
      async (name) => {
        await library.rename("named", name);
        for (const each of name.split(/\s+/)) {
          if (!/[\p{L}\p{N}]/u.test(each)) continue;
          for (const text of [
            each,
            each.toUpperCase(),
            `named ${each}`,
            each.replace(/[^\p{L}\p{N}]+$/u, ""),
          ])
            if (text !== "") expect(await library.find(text), text).toContain("named");
        }
      },
    ),
    { numRuns: 15 },
  );
  for (const text of ["", "   ", '"', "-", "* :", "named zzz"])
    expect(await library.find(text), text).toEqual([]);
});
