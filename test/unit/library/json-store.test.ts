// Files of one kind: listed, saved, removed; what cannot be read is named and never overwritten.
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createJsonStore } from "#main/library/json-store.ts";
import { ownPresetSchema, type OwnPreset } from "#shared/contract/configurations.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

function presetOf(id: string): OwnPreset {
  const [first] = configurationPresets;
  if (first === undefined) throw new Error("There are presets.");
  return { id, title: `The ${id}`, summary: "", configuration: first.configuration };
}

async function storeIn(name: string) {
  const folder = join(await temporaryFolder(), name);
  return { folder, store: createJsonStore({ folder, schema: ownPresetSchema, noun: "preset" }) };
}

test("what is saved is listed as it was, for its owner only, until it is removed", async () => {
  const { folder, store } = await storeIn("configurations");
  expect(await store.list()).toEqual({ items: [], errors: [] });
  await store.save(presetOf("b"));
  await store.save(presetOf("a"));
  await store.save({ ...presetOf("a"), summary: "changed" });
  expect(await store.list()).toEqual({
    items: [{ ...presetOf("a"), summary: "changed" }, presetOf("b")],
    errors: [],
  });
  expect((await stat(join(folder, "a.json"))).mode & 0o777).toBe(0o600);
  await store.remove("a");
  await store.remove("a");
  expect((await store.list()).items).toEqual([presetOf("b")]);
});

test("a file that cannot be read is named with the reason, hides no other and is not overwritten", async () => {
  const { folder, store } = await storeIn("configurations");
  await store.save(presetOf("good"));
  await writeFile(join(folder, "torn.json"), '{"id":"torn","ti');
  await writeFile(join(folder, "newer.json"), JSON.stringify({ ...presetOf("newer"), colour: "blue" }));
  await writeFile(join(folder, "moved.json"), JSON.stringify(presetOf("good")));
  const { items, errors } = await store.list();
  expect(items).toEqual([presetOf("good")]);
  expect(errors.map(({ message }) => message)).toEqual(
    ["moved", "newer", "torn"].map(
      (name) => `The preset file ${join(folder, `${name}.json`)} cannot be read.`,
    ),
  );
  expect(errors[0]?.detail).toContain("good");
  expect(errors[1]?.detail).toContain("colour");
  await expect(store.save(presetOf("torn"))).rejects.toMatchObject({ code: "INPUT_INVALID" });
  expect(await readFile(join(folder, "torn.json"), "utf8")).toBe('{"id":"torn","ti');
});
