// The disk of the controlling computer fills up at random instants: hosts are put back, and nothing is measured twice.
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { CampaignEvent } from "#shared/model/event.ts";
import { withDemoLab } from "../lab.ts";
import { newDataFolder } from "./core-process.ts";
import { completes, expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { seededRandom } from "./seeded-random.ts";
import { fewConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
const long = process.env["TARE_LONG"] === "1";
let disk: string | undefined;
afterEach(() => {
  if (disk === undefined) return;
  execFileSync("umount", ["--lazy", disk]);
  rmSync(disk, { recursive: true });
});

/** Instants that are worth a full disk for certain; the others are random. */
const moments: readonly ((event: CampaignEvent) => boolean)[] = [
  (event) => event.type === "run-phase" && event.phase === "measure",
  (event) => event.type === "change" && event.record.change.kind === "container",
];

test("a campaign on a disk that fills up again and again", async () => {
  const { lab } = fixture;
  disk = mkdtempSync(join(tmpdir(), "tare-test-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
  const data = newDataFolder(lab, disk);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  const id = await data.create(
    smallDraft(lab.demo.lab, ["native", "docker-nat"], { conditions: fewConditions }),
  );
  const random = seededRandom(3);
  let full = 0;
  for (let round = 0; round < (long ? 20 : 4); round += 1) {
    const seen = (await data.content(id)).events.length;
    const core = data.resume(id);
    const moment = moments[round];
    if (moment === undefined) await Promise.race([core.ended, sleep(1000 + random() * 8000)]);
    else await data.waitFor(id, (event) => event.seq > seen && moment(event), core);
    fill(disk);
    const { status, printed } = await core.ended;
    rmSync(join(disk, "filler"));
    if (status === 0) continue;
    full += 1;
    expect(printed).toContain("no space left");
    // Readable, whole, and no run counts as failed for it.
    const { events } = await data.content(id);
    expect(events.filter((event) => event.type === "run-ended" && event.outcome === "failed")).toEqual([]);
    // Only a result that found no space here may still wait there.
    await expectHosts(lab, before, /^\/var\/lib\/tare\/jobs\//);
  }
  expect(full).toBeGreaterThanOrEqual(2);
  await completes(data, id);
  await expectEachRunOnce(lab, data, id);
  await expectHosts(lab, before);
});

/** Takes what is left of the disk to the last byte. */
function fill(folder: string): void {
  const file = openSync(join(folder, "filler"), "w");
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(file);
  }
}
