// A campaign's folder: made whole or not at all, found by its id, taken up again.
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  createCampaignFolder,
  openCampaignFolder,
  readCampaignFolder,
} from "#main/library/campaign-folder.ts";
import { placesOf } from "#main/library/campaign-places.ts";
import { findCampaign } from "#main/library/library.ts";
import { idSchema } from "#shared/model/text.ts";
import { assert, oneof, property, string, stringMatching, uniqueArray } from "fast-check";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { sampleCampaign } from "../sample-campaign.ts";

test("a campaign is found by its whole id only", async () => {
  const folder = await temporaryFolder();
  const path = await createCampaignFolder(folder, sampleCampaign({ id: "first-look-3f9a" }));
  await mkdir(join(folder, "notes"));
  await mkdir(join(folder, ".new-begun"));
  expect(await findCampaign(folder, "first-look-3f9a")).toBe(path);
  for (const id of ["look-3f9a", "3f9a", "", "../first-look-3f9a", "notes", "begun", "new.begun"])
    await expect(findCampaign(folder, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(findCampaign(join(folder, "none"), "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("whatever folders are called, each has an id of its own that the window takes, and campaigns keep theirs", () => {
  const name = oneof(
    string({ minLength: 1, unit: "binary" }),
    stringMatching(/^2026-0[1-9]-0[1-9]-[a-cA-C.]{1,3}$/),
    stringMatching(/^\.(new|import)-[a-c]{1,2}$/),
    stringMatching(/^[a-c~-]{1,3}$/),
    string({ minLength: 81, maxLength: 200 }),
  );
  assert(
    property(uniqueArray(name), (names) => {
      const places = placesOf(names);
      const ids = places.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(idSchema.safeParse(id).success, id).toBe(true);
      expect(placesOf(names.toReversed())).toEqual(places);
    }),
  );
  expect(placesOf(["2026-01-02-x", "x", ".new-x", ".hidden", "2026-01-03-x"])).toEqual([
    { folder: "2026-01-02-x", id: "x", kind: "campaign" },
    { folder: "2026-01-03-x", id: "2026-01-03-x", kind: "campaign" },
    { folder: ".new-x", id: "new.x", kind: "unfinished" },
    { folder: "x", id: "x-1", kind: "other" },
  ]);
});

test("creating a campaign whose folder is there already leaves that one as it is", async () => {
  const folder = await temporaryFolder();
  const path = await createCampaignFolder(folder, sampleCampaign({ id: "same", name: "First" }));
  await expect(
    createCampaignFolder(folder, sampleCampaign({ id: "same", name: "Second" })),
  ).rejects.toThrow();
  expect((await readCampaignFolder(path)).campaign.name).toBe("First");
  expect(await readdir(folder)).toEqual([path.split("/").at(-1)]);
});

test("what was appended is there when the folder is opened again", async () => {
  const path = await createCampaignFolder(await temporaryFolder(), sampleCampaign());
  const first = await openCampaignFolder(path);
  await first.append({ type: "remark", text: "one" });
  await first.close();
  const second = await openCampaignFolder(path);
  expect(second.events).toMatchObject([{ seq: 1, text: "one" }]);
  expect((await second.append({ type: "remark", text: "two" })).seq).toBe(2);
  await second.close();
});
