// `tare demo` killed at random instants: `tare demo --clean` leaves nothing of it on this machine but readable campaigns.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { cleanDemoLabs } from "#main/demo-lab/teardown.ts";
import { temporaryLibrary } from "../../fixtures/temporary-library.ts";
import { removeKeys } from "../killed-tests.ts";
import { newStateFolder, startTestLab } from "../lab.ts";
import { tracesOf } from "../traces.ts";
import { newDataFolder, startCore } from "./core-process.ts";
import { seededRandom } from "./seeded-random.ts";
import { smallDraft } from "./small-campaign.ts";

const long = process.env["TARE_LONG"] === "1";
/** Settings that this machine's labs share; other labs' campaigns may be busy with the huge pages. */
const alone = !existsSync("/run/tare") || !readdirSync("/run/tare").some((name) => name.startsWith("lab-"));
const settings = [
  "/proc/sys/vm/stat_interval",
  ...(alone
    ? [
        "/sys/kernel/mm/transparent_hugepage/enabled",
        "/sys/kernel/mm/transparent_hugepage/defrag",
        "/proc/sys/vm/nr_hugepages",
      ]
    : []),
];
const readSettings = () => settings.map((path) => `${path} ${readFileSync(path, "utf8").trim()}`);

test("a demo that is killed at any moment is cleaned away", async () => {
  const stateFolder = await newStateFolder();
  const data = await mkdtemp(join(tmpdir(), "tare-test-demo-"));
  const id = `f-demo-${process.pid}`;
  onTestFinished(async () => {
    await removeKeys(id);
    await rm(stateFolder, { recursive: true, force: true });
    await rm(data, { recursive: true });
  });
  const environment = { TARE_DATA: data, TARE_LAB_ID: id, TARE_LAB_STATE: stateFolder };
  const before = readSettings();
  const random = seededRandom(5);
  for (let death = 0; death < (long ? 20 : 3); death += 1) {
    const demo = startCore(["demo", "--exit", "--blocks", "1"], environment);
    await Promise.race([demo.ended, sleep(1000 + random() * 14_000)]);
    await demo.kill();
    const { status, printed } = await startCore(["demo", "--clean"], environment).ended;
    expect(status, printed).toBe(0);
    expect(tracesOf(stateFolder, id)).toEqual([]);
    expect(readSettings()).toEqual(before);
  }
  const { measured } = await temporaryLibrary({ data });
  const campaigns = await measured();
  expect(campaigns.flatMap(({ damage }) => damage ?? [])).toEqual([]);
  expect(campaigns.every(({ status }) => status === "interrupted" || status === "ready")).toBe(true);
});

test("settings of the kernel that a killed campaign changed are restored when its dead lab is cleaned away", async () => {
  const before = readSettings();
  const lab = await startTestLab();
  const data = newDataFolder(lab);
  onTestFinished(async () => {
    data.remove();
    await lab.stop();
  });
  const interval = Number(readFileSync("/proc/sys/vm/stat_interval", "utf8"));
  const draft = smallDraft(lab.demo.lab, ["native"], {
    host: { dropCaches: false, sysctls: { "vm.stat_interval": String(interval + 1) } },
  });
  const pages = { thp: isNever() ? "always" : "never", hugePages2M: 3 } as const;
  const configurations = draft.configurations.map((each) => ({ ...each, pages: alone ? pages : {} }));
  const campaign = await data.create({ ...draft, configurations });
  const core = data.resume(campaign);
  await data.waitFor(campaign, ({ type }) => type === "run-started", core);
  await core.kill();
  const changed = readSettings();
  expect(changed.filter((line, index) => line !== before[index])).toHaveLength(alone ? 3 : 1);
  // The lab's own process lives here, so that it is ended as its owner would end it; a dead owner's lab goes the same way.
  await lab.demo.stop();
  expect(readSettings()).toEqual(before);
  expect(
    await cleanDemoLabs({ stateFolder: lab.stateFolder, signal: new AbortController().signal }),
  ).toMatchObject({ running: [] });
  expect(tracesOf(lab.stateFolder, lab.id)).toEqual([]);
});

function isNever(): boolean {
  return readFileSync("/sys/kernel/mm/transparent_hugepage/enabled", "utf8").includes("[never]");
}
