// Labs on disk: saved, listed, removed; a file that cannot be read is named and hides no other.
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLabStore } from "#main/library/lab-store.ts";
import { sampleLab } from "../../fixtures/sample-sut.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { sampleFacts } from "../sample-facts.ts";

test("labs are listed by name; unreadable files are named beside them", async () => {
  const folder = join(await temporaryFolder(), "labs");
  const store = createLabStore(folder);
  expect(await store.list()).toEqual({ labs: [], errors: [] });
  await store.save({ ...sampleLab, id: "b", name: "Zeta" });
  await store.save({ ...sampleLab, id: "a", name: "Alpha" });
  await writeFile(join(folder, "torn.json"), '{"id":"torn","na');
  await writeFile(join(folder, "other.json"), '{"id":"other"}');

  const { labs, errors } = await store.list();
  expect(labs.map(({ name }) => name)).toEqual(["Alpha", "Zeta"]);
  expect(errors.map(({ code }) => code)).toEqual(["INPUT_INVALID", "INPUT_INVALID"]);
  expect(errors.map(({ message }) => message).join("\n")).toMatch(
    /other\.json.*\n.*torn\.json|torn\.json.*\n.*other\.json/,
  );
  expect((await store.get("a")).name).toBe("Alpha");
  await expect(store.get("torn")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a lab's file is for its owner only", async () => {
  const folder = await temporaryFolder();
  await createLabStore(folder).save(sampleLab);
  expect((await stat(join(folder, `${sampleLab.id}.json`))).mode & 0o777).toBe(0o600);
});

test("facts are kept by host and go with their lab", async () => {
  const folder = await temporaryFolder();
  const store = createLabStore(folder);
  await store.save(sampleLab);
  await store.saveFacts(sampleLab.id, "sut", sampleFacts());
  expect(await store.facts(sampleLab.id)).toEqual({ sut: sampleFacts(), loadgen: null });
  await writeFile(join(folder, "facts", `${sampleLab.id}-loadgen.json`), "{}");
  expect((await store.facts(sampleLab.id)).loadgen).toBeNull();
  await store.remove(sampleLab.id);
  expect(await readdir(folder, { recursive: true })).toEqual(["facts"]);
});
