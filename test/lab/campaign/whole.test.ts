// A whole small campaign over every kind of environment: what it measured, what it keeps, what it leaves behind.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readRaw } from "#main/library/raw-store.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
const long = process.env["TARE_LONG"] === "1";
/** Every workload natively, in a container and in a guest; both of Docker's networks share them. */
const scope: CampaignDraft["scope"] = {
  "docker-host": ["linpack", "stream", "nuttcp", "redis"],
  "docker-nat": ["randomaccess", "netperf", "fio", "mysql"],
};
let data: DataFolder | undefined;
afterEach(() => data?.remove());

test("every cell is measured in the planned order, can be parsed again, and the hosts are as before", async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  const id = await data.create(
    smallDraft(lab.demo.lab, ["native", "docker-host", "docker-nat", "kvm"], long ? {} : { scope }),
  );
  await completes(data, id);

  const { path, campaign, events } = await data.content(id);
  const planned = planSessions(campaign).flatMap(({ runs }) => runs);
  const ended = events.filter((event) => event.type === "run-ended");
  expect(planned).toHaveLength(long ? 32 : 24);
  expect(ended.map(({ runId, outcome }) => ({ runId, outcome }))).toEqual(
    planned.map(({ runId }) => ({ runId, outcome: "ok" })),
  );
  for (const { runId, measurements } of ended) {
    const condition = campaign.conditions.find((each) => runId.endsWith(`-${each.id}`));
    if (condition === undefined) throw new Error(`no condition for ${runId}`);
    const [stdout, stderr] = await Promise.all(
      ["stdout", "stderr"].map((stream) => readRaw(path, runId, `1-measure-0.${stream}`)),
    );
    expect(stdout).not.toBe("");
    const reading = bindCondition(condition).parse({ stdout: stdout ?? "", stderr: stderr ?? "" });
    expect({ runId, measurements: reading.measurements }).toEqual({ runId, measurements });
  }
  expect(events.filter((event) => event.type === "hosts-compared")).toMatchObject([
    { machine: "sut", differences: [] },
    { machine: "loadgen", differences: [] },
  ]);
  expect(events.at(-1)).toMatchObject({ type: "campaign-ended", outcome: "complete" });
  expect(await readFile(join(path, "README.md"), "utf8")).toContain(campaign.name);
  await expectHosts(lab, before);
}, 600_000);
