// Hosts whose sshd allows two sessions a connection and renews its keys every megabyte.
import { afterEach, test } from "vitest";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes, expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { fewConditions, shortConditions, smallDraft } from "./small-campaign.ts";

const settings = ["MaxSessions 2", "RekeyLimit 1M"];
const fixture = withDemoLab({ sshdExtra: { sut: settings, loadgen: settings } });
const long = process.env["TARE_LONG"] === "1";
let data: DataFolder | undefined;
afterEach(() => data?.remove());

test("a whole campaign completes", async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  const ids = long ? (["native", "docker-host", "docker-nat", "kvm"] as const) : (["native", "kvm"] as const);
  const { fio, redis } = shortConditions;
  const conditions = long ? fewConditions : [fio, redis];
  const id = await data.create(smallDraft(lab.demo.lab, ids, { conditions }));
  await completes(data, id);
  await expectEachRunOnce(lab, data, id);
  await expectHosts(lab, before);
});
