// One process runs a campaign: a live holder is respected, a killed one is followed, and of many only one comes next.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { campaignHolder, lockCampaign } from "#main/library/run-lock.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const program = new URL("../../fixtures/hold-campaign.ts", import.meta.url).pathname;

/** A process that tries to hold the folder, and what it said about it. */
async function contender(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: said.toString().trim() };
}

test("another process is refused and told who holds it; after the release it may", async () => {
  const folder = await temporaryFolder();
  const release = await lockCampaign(folder);
  expect(await campaignHolder(folder)).toBe(process.pid);
  expect((await contender(folder)).said).toBe("BUSY");
  await expect(lockCampaign(folder)).rejects.toThrow(String(process.pid));
  await release();
  expect(await campaignHolder(folder)).toBeNull();
  expect((await contender(folder)).said).toBe("held");
});

test("a holder that was killed is followed by exactly one of those who want to", async () => {
  const folder = await temporaryFolder();
  const first = await contender(folder);
  expect(first.said).toBe("held");
  expect(await campaignHolder(folder)).toBe(first.child.pid);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  expect(await campaignHolder(folder)).toBeNull();

  const next = await Promise.all(Array.from({ length: 6 }, () => contender(folder)));
  expect(next.map(({ said }) => said).sort()).toEqual(["BUSY", "BUSY", "BUSY", "BUSY", "BUSY", "held"]);
  expect(await campaignHolder(folder)).toBe(next.find(({ said }) => said === "held")?.child.pid);
});

test.each(["", "garbage", `${process.pid} 1`, "999999999 12345"])(
  "a lock file that says %j names no live process",
  async (content) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "lock"), content);
    expect(await campaignHolder(folder)).toBeNull();
    const release = await lockCampaign(folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
  },
);
