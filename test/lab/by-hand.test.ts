// Settings applied to a host without a campaign, and changes that a killed one left: found, looked at, undone, the host as before.
import { appendFileSync, mkdirSync } from "node:fs";
import type { ContractRouterClient } from "@orpc/contract";
import { ORPCError } from "@orpc/client";
import { expect, test } from "vitest";
import { acquireLock } from "#main/ssh/lock.ts";
import type { Contract } from "#shared/contract/contract.ts";
import type { HostLook } from "#shared/contract/hosts.ts";
import { isByHand } from "#shared/changes/by-hand.ts";
import { isOutstanding } from "#main/hosts/changes.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { serveCore } from "../fixtures/served-core.ts";
import { newDataFolder } from "./campaign/core-process.ts";
import { completes, expectEachRunOnce } from "./campaign/expect-each-run-once.ts";
import { keepAccountOfStarts } from "./campaign/host-traces.ts";
import { shortConditions, smallDraft } from "./campaign/small-campaign.ts";
import { run, withDemoLab } from "./lab.ts";

const fixture = withDemoLab();
const thpFile = "/sys/kernel/mm/transparent_hugepage/enabled";
const describeSettings = `cat ${thpFile} /sys/kernel/mm/transparent_hugepage/defrag /proc/sys/vm/nr_hugepages /proc/sys/net/core/somaxconn`;

type Api = ContractRouterClient<Contract>;

/** A core that knows the lab, and a way to look at the SUT past it. */
async function begin() {
  const { lab } = fixture;
  const { core, client } = await serveCore();
  mkdirSync(core.paths.data, { recursive: true });
  appendFileSync(core.paths.knownHosts, `${lab.demo.hostKeys.join("\n")}\n`);
  await core.labs.save(lab.demo.lab);
  return { lab, core, api: await client(), labId: lab.demo.lab.id };
}

async function onSut(line: string): Promise<string> {
  const { status, stdout, stderr } = await fixture.lab.ssh("sut", line);
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
  return stdout.trim();
}

async function all<T>(items: Promise<AsyncIterable<T>>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of await items) list.push(item);
  return list;
}

async function lookAtSut(api: Api, labId: string): Promise<Extract<HostLook, { status: "reached" }>> {
  const [sut, loadgen] = await all(api.hosts.changes({ labId }));
  expect(loadgen).toMatchObject({ status: "reached", role: "loadgen", changes: [] });
  if (sut?.status !== "reached") throw new Error(JSON.stringify(sut));
  return sut;
}

function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "none",
    (error: unknown) => (error instanceof ORPCError ? (error.data as { code: string }).code : error),
  );
}

/** Native with other transparent huge pages than the host has, and some more reserved ones. */
async function otherPages(): Promise<Configuration> {
  const [native] = smallDraft(fixture.lab.demo.lab, ["native"]).configurations;
  if (native === undefined) throw new Error("there is no native configuration");
  const thp = (await onSut(`cat ${thpFile}`)).includes("[never]") ? "madvise" : "never";
  const hugePages2M = Number(await onSut("cat /proc/sys/vm/nr_hugepages")) + 3;
  return { ...native, pages: { thp, hugePages2M } };
}

test("what is applied by hand is in force, is listed, is left where it drifted, and is undone to the last byte", async () => {
  const { lab, core, api, labId } = await begin();
  const before = await onSut(describeSettings);
  const configuration = await otherPages();
  const planned = await api.hosts.settings({ labId, configuration });
  expect(planned.map(({ target }) => target)).toContain(thpFile);

  // While somebody measures there, nothing is applied.
  const measuring = await core.connect(lab.demo.lab, "sut", new AbortController().signal);
  const release = await acquireLock(measuring, {
    token: "nightly",
    label: "nightly",
    signal: new AbortController().signal,
  });
  expect(await codeOf(all(api.hosts.apply({ labId, configuration })))).toBe("HOST_BUSY");
  expect((await lookAtSut(api, labId)).busy).toMatchObject({ code: "HOST_BUSY" });
  await release();
  expect(await onSut(describeSettings)).toBe(before);

  const checked = (await all(api.hosts.apply({ labId, configuration }))).at(-1);
  if (checked?.kind !== "checked") throw new Error("it was not checked");
  expect(checked.checks.map(({ title, holds }) => ({ title, holds }))).toEqual(
    planned.map(({ title }) => ({ title, holds: true })),
  );
  expect(checked.checks.flatMap(({ remarks }) => remarks).join()).toMatch(
    /\d+ pages? of 2 MiB reserved, \d+ free/,
  );
  expect(isByHand(checked.campaignId)).toBe(true);
  expect(await onSut(`grep -c '\\[${configuration.pages.thp}\\]' ${thpFile}`)).toBe("1");
  expect(await onSut("sh /var/lib/tare/undo-all.sh --list | wc -l")).toBe(String(planned.length));

  const look = await lookAtSut(api, labId);
  expect(look.changes.map(({ state, owner }) => ({ state, kind: owner.kind }))).toEqual(
    planned.map(() => ({ state: "holds", kind: "by-hand" })),
  );
  const again = await acquireLock(measuring, {
    token: "nightly",
    label: "nightly",
    signal: new AbortController().signal,
  });
  const undo = { labId, role: "sut", changes: "all", overwrite: false } as const;
  expect(await codeOf(all(api.hosts.undo(undo)))).toBe("HOST_BUSY");
  await again();
  await measuring.close();

  // Somebody sets the pages to something else: that is left, and the other setting goes back all the same.
  const other = ["always", "madvise", "never"].find(
    (mode) => mode !== configuration.pages.thp && !before.split("\n")[0]?.includes(`[${mode}]`),
  );
  await onSut(`echo ${other} > ${thpFile}`);
  const steps = await all(api.hosts.undo(undo));
  expect(steps.map(({ kind, title }) => `${kind}: ${title}`)).toEqual(
    planned
      .toReversed()
      .flatMap(({ target, title }) => [
        `undoing: ${title}`,
        `${target === thpFile ? "left" : "undone"}: ${title}`,
      ]),
  );
  expect(await lookAtSut(api, labId)).toMatchObject({ changes: [{ state: "drifted", now: other }] });
  await all(api.hosts.undo({ ...undo, overwrite: true }));
  expect(await onSut(describeSettings)).toBe(before);
  expect((await lookAtSut(api, labId)).changes).toEqual([]);
  const compare = await api.hosts.compare({ labId, role: "sut", against: checked.campaignId });
  expect(compare).toMatchObject({ before: { owner: { kind: "by-hand" } }, differences: [] });
  expect(await api.hosts.compare({ labId, role: "loadgen", against: null })).toMatchObject({ before: null });
});

test("a setting that fails takes those before it back", async () => {
  const { api, labId } = await begin();
  const before = await onSut(describeSettings);
  const configuration = await otherPages();
  // The kernel's file is there, and refuses to be written.
  const pool = "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages";
  await onSut(
    `cat ${pool} > /run/pool && mount --bind /run/pool ${pool} && mount -o remount,bind,ro ${pool}`,
  );
  expect(await codeOf(all(api.hosts.apply({ labId, configuration })))).toBe("CHANGE_FAILED");
  await onSut(`umount ${pool} && rm /run/pool`);
  expect(await onSut(describeSettings)).toBe(before);
  expect((await lookAtSut(api, labId)).changes).toEqual([]);
});

test("what a killed campaign left is found at connect and undone; the campaign goes on, and tells what is not its own", async () => {
  const { lab, core, api, labId } = await begin();
  const data = newDataFolder(lab, core.paths.data);
  await keepAccountOfStarts(lab);
  const before = await onSut(describeSettings);
  const id = await data.create(
    smallDraft(lab.demo.lab, ["native"], { conditions: [shortConditions.stream] }),
  );
  const isSet = (event: CampaignEvent) =>
    event.type === "change" && event.record.change.kind === "sysctl" && event.record.status === "applied";
  const killed = data.resume(id);
  await data.waitFor(id, isSet, killed);
  expect(await codeOf(all(api.hosts.undo({ labId, role: "sut", changes: "all", overwrite: false })))).toBe(
    "HOST_BUSY",
  );
  await killed.kill();

  const told = (await all(api.labs.test({ labId }))).filter(
    ({ step, status }) => step === "changes" && status === "ok",
  );
  expect(told.map(({ host, text }) => `${host}: ${text}`)).toEqual([
    "sut: Tare left 1 change in force: Set net.core.somaxconn to 4999.",
    "loadgen: Tare left nothing changed on the host.",
  ]);
  for await (const found of await api.hosts.found({ labId })) {
    expect(found).toMatchObject([
      { role: "sut", changes: [{ owner: { campaignId: id, status: "interrupted" } }] },
      { role: "loadgen", changes: [] },
    ]);
    break;
  }
  const undone = await all(api.hosts.undo({ labId, role: "sut", changes: "all", overwrite: false }));
  expect(undone.map(({ kind }) => kind)).toEqual(["undoing", "undone"]);
  expect(await onSut(describeSettings)).toBe(before);
  expect([...(await data.state(id)).changes.values()].filter(isOutstanding)).toEqual([]);
  expect(await api.hosts.compare({ labId, role: "sut", against: id })).toMatchObject({ differences: [] });

  const configuration = await otherPages();
  await all(api.hosts.apply({ labId, configuration }));
  await completes(data, id);
  await expectEachRunOnce(lab, data, id);
  const { remarks, comparisons } = await data.state(id);
  expect(remarks.join("\n")).toContain(`Set transparent huge pages to ${configuration.pages.thp} (by hand)`);
  expect((await lookAtSut(api, labId)).changes.map(({ state }) => state)).toEqual(["holds", "holds"]);
  // The campaign's facts are from before the pages were set by hand: its comparison tells them.
  expect(comparisons.get("sut")?.map(({ path }) => path)).toContain("memory.thp.enabled");
  // And without a window.
  const tare = (...argv: readonly string[]) =>
    run("env", [
      `TARE_DATA=${core.paths.data}`,
      process.execPath,
      "main/cli.ts",
      "changes",
      "--lab",
      labId,
      ...argv,
    ]);
  const listed = await tare();
  expect(listed, listed.stderr).toMatchObject({ status: 1, stderr: "" });
  expect(listed.stdout).toMatch(
    /Set transparent huge pages to .*\n.*by hand, since .*; holds\n[^]*nothing of Tare is in force/,
  );
  expect(await tare("--undo")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("undone: Set transp") as string,
  });
  expect(await onSut(describeSettings)).toBe(before);
});
