// A tool that hangs: its run is ended at the time limit of some 70 s, which is nothing but waiting; other cells go on.
import { afterEach, expect, test } from "vitest";
import { readRaw } from "#main/library/raw-store.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { shortConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
let data: DataFolder | undefined;
afterEach(() => data?.remove());

async function onLoadgen(line: string, stdin = ""): Promise<void> {
  const { status, stderr } = await fixture.lab.ssh("loadgen", line, { stdin });
  expect(status, stderr).toBe(0);
}

test("a tool that hangs is ended at its time limit, with all that it started", async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  await onLoadgen("mv /usr/bin/nuttcp /usr/bin/nuttcp.away");
  const hangs = "#!/bin/sh\necho so far\nsleep 777 &\ntrap '' TERM\nwhile :; do sleep 776; done\n";
  await onLoadgen("cat >/usr/bin/nuttcp && chmod 755 /usr/bin/nuttcp", hangs);
  const { stream, nuttcp } = shortConditions;
  const id = await data.create(smallDraft(lab.demo.lab, ["native"], { conditions: [nuttcp, stream] }));
  const { status, printed } = await data.resume(id).ended;
  await onLoadgen("mv /usr/bin/nuttcp.away /usr/bin/nuttcp");
  expect(status, printed).toBe(1);

  const { path, events } = await data.content(id);
  const endOf = (conditionId: string) =>
    events.filter((event) => event.type === "run-ended" && event.runId.endsWith(`-${conditionId}`));
  expect(endOf("nuttcp")).toMatchObject([{ outcome: "failed", failure: { code: "TIME_LIMIT" } }]);
  expect(endOf("stream")).toMatchObject([{ outcome: "ok" }]);
  expect(await readRaw(path, "b01-native-nuttcp", "1-measure-0.stdout")).toBe("so far\n");
  await expectHosts(lab, before);
});
