// Campaigns that are damaged, half made or of another version are in the list, with what can be read of them.
import { appendFile, cp, mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCampaignFolder, openCampaignFolder } from "#main/library/campaign-folder.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { temporaryLibrary } from "../../fixtures/temporary-library.ts";
import { sampleCampaign } from "../sample-campaign.ts";

const recorded = join(import.meta.dirname, "../../fixtures/campaigns/2026-11-24-demo-229c51");

test("a recorded campaign has its entry, and the words it is found by", async () => {
  const { library, paths, measured } = await temporaryLibrary();
  const path = join(paths.campaigns, "2026-11-24-demo-229c51");
  await cp(recorded, path, { recursive: true });
  await mkdir(join(path, "facts"));
  await writeFile(join(path, "facts/sut-before.json"), '{"hostname":"zebra-sut"}');
  await writeFile(join(path, "facts/sut-after.json"), "{");
  expect(await measured()).toMatchObject([
    {
      id: "demo-229c51",
      name: "Demo",
      createdAt: "2026-11-24T06:28:03.452Z",
      status: "paused",
      demo: true,
      environments: ["native", "docker", "kvm"],
      workloads: ["stream", "nuttcp", "redis"],
      runsDone: 16,
      runsFailed: 1,
      machines: ["198.19.47.2", "198.19.47.6", "zebra-sut"],
      damage: null,
    },
  ]);
  const isFound = async (text: string) => (await library.find(text)).includes("demo-229c51");
  for (const text of ["zebra", "198.19.47.2", "docker nat", "REDIS clients", "strea"])
    expect(await isFound(text), text).toBe(true);
  for (const text of ["zeb sut", "cafe", "demo zzz"]) expect(await isFound(text), text).toBe(false);
  await library.annotate("demo-229c51", { tags: ["Lévanto"], note: "Café au lait", archived: false });
  for (const text of ["levanto", "café AU", "cafe lait", "lai"])
    expect(await library.find(text), text).toEqual(["demo-229c51"]);
});

test("damage of every kind is named, and hides neither the campaign nor another one", async () => {
  const { library, paths, measured } = await temporaryLibrary();
  const { campaigns } = paths;
  const make = async (id: string, day: number) =>
    createCampaignFolder(
      campaigns,
      sampleCampaign({ id, name: `Name of ${id}`, createdAt: `2026-01-0${day}T03:04:05.000Z` }),
    );
  await make("whole", 1);
  await writeFile(join(await make("torn-design", 2), "campaign.json"), '{"schema":"tare-cam');
  await rm(join(await make("no-design", 3), "campaign.json"));
  const newer = { ...sampleCampaign({ id: "newer", name: "From 2030" }), schema: "tare-campaign/9", more: 1 };
  await writeFile(join(await make("newer", 4), "campaign.json"), JSON.stringify(newer));
  await rm(join(await make("no-journal", 5), "events.jsonl"));
  const holed = await make("holed", 6);
  const folder = await openCampaignFolder(holed);
  const [run] = planSessions(folder.campaign).flatMap(({ runs }) => runs);
  await folder.append({ type: "campaign-created", name: "Holed", plannedRuns: 9 });
  await folder.append({ type: "run-started", runId: run?.runId ?? "", attempt: 1 });
  await folder.append({
    type: "run-ended",
    runId: run?.runId ?? "",
    attempt: 1,
    outcome: "ok",
    measurements: [],
    remarks: [],
    toolSeconds: 1,
    totalSeconds: 2,
    emulated: false,
  });
  await folder.close();
  await appendFile(join(holed, "events.jsonl"), 'garbage\n{"seq":5}\n');
  await writeFile(join(await make("odd-notes", 7), "library.json"), '{"tags":3}');
  await cp(await make("original", 8), join(campaigns, "2026-01-08-original copy"), { recursive: true });
  await mkdir(join(campaigns, ".import-0a1b"));
  await writeFile(
    join(campaigns, ".import-0a1b/import.json"),
    '{"source":"spring.tare","startedAt":"2026-01-01T00:00:00Z","campaign":{"name":"Half"}}',
  );
  await utimes(join(campaigns, ".import-0a1b"), 0, 0);
  await mkdir(join(campaigns, ".new-just-now"));
  await mkdir(join(campaigns, "notes of a person"));
  await writeFile(join(campaigns, "a file"), "");

  const entries = await measured();
  const about = entries.map(({ id, name, damage }) => [id, name, damage?.message ?? null] as const);
  const said = (text: RegExp) => expect.stringMatching(text) as string;
  expect(about.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ["holed", "Name of holed", said(/^Line 4 of .*events\.jsonl cannot be read/)],
    ["import.0a1b", "Half", said(/The import of "spring\.tare".*cut short/)],
    ["newer", "From 2030", said(/of another version \(tare-campaign\/9/)],
    ["no-design", "no-design", said(/campaign\.json.*missing/)],
    ["no-journal", "Name of no-journal", said(/journal .*missing/)],
    ["odd-notes", "Name of odd-notes", said(/tags and the note .*cannot be read/)],
    ["original", "Name of original", null],
    ["original-copy", "Name of original", said(/holds the design of the campaign original/)],
    ["torn-design", "torn-design", said(/cannot be read/)],
    ["whole", "Name of whole", null],
  ]);
  expect(entries.find(({ id }) => id === "holed")).toMatchObject({ runsDone: 1, runsPlanned: 9 });
  expect(entries.find(({ id }) => id === "torn-design")?.createdAt).toMatch(/^2026-01-02T/);
  expect(entries.find(({ id }) => id === "newer")).toMatchObject({
    environments: ["native", "docker", "kvm"],
  });

  // What cannot be computed is refused with the same sentence; notes can be written, and the odd ones are kept.
  for (const id of ["holed", "torn-design", "no-journal"])
    await expect(library.datasets([id], null)).rejects.toMatchObject({ code: "CAMPAIGN_DAMAGED" });
  await library.rename("torn-design", "Torn, of spring");
  await library.annotate("odd-notes", { tags: ["kept"], note: "", archived: false });
  const after = new Map((await measured()).map((entry) => [entry.id, entry]));
  expect(after.get("torn-design")?.name).toBe("Torn, of spring");
  expect(after.get("odd-notes")).toMatchObject({ tags: ["kept"], damage: null });
  for (const id of ["import.0a1b", "original-copy", "no-design"]) await library.remove(id);
  expect((await library.list()).removed.map(({ name }) => name).toSorted()).toEqual([
    "Half",
    "Name of original",
    "no-design",
  ]);
});
