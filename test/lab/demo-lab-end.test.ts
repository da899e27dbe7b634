// The end of a demo lab, orderly or not: nothing of it is left on the machine.
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startDemoLab } from "#main/demo-lab/demo-lab.ts";
import { cleanDemoLabs, purgeCache } from "#main/demo-lab/teardown.ts";
import { defaultCacheFolder } from "#main/demo-lab/trees.ts";
import { removeKeys } from "./killed-tests.ts";
import { newStateFolder, startTestLab } from "./lab.ts";
import { tracesOf } from "./traces.ts";

const signal = new AbortController().signal;
const deaths = 20;
const onProgress = () => undefined;

test("two labs live side by side, and the end of one leaves the other alone", async () => {
  const [one, two] = await Promise.all([startTestLab(), startTestLab()]);
  onTestFinished(() => two.stop());
  const busy = "docker run --detach --network host box:1 /bin/busybox sleep 1000";
  const image =
    "mkdir -p /tmp/i/bin && cp /bin/busybox /tmp/i/bin/ && tar -C /tmp/i -c . | docker import - box:1";
  expect((await one.ssh("sut", `${image} && ${busy}`)).status).toBe(0);
  expect(tracesOf(one.stateFolder, one.id)).not.toEqual([]);
  await one.stop();
  expect(tracesOf(one.stateFolder, one.id)).toEqual([]);
  expect((await two.ssh("sut", "docker info")).status).toBe(0);
  expect((await two.ssh("loadgen", `ping -c 1 -W 2 ${two.demo.lab.sut.dataAddress}`)).status).toBe(0);
});

test("a lab whose id is taken, or whose cache is to be removed while it runs, is left alone", async () => {
  const lab = await startTestLab();
  onTestFinished(() => lab.stop());
  const again = { id: lab.id, cacheFolder: defaultCacheFolder, signal, onProgress };
  await expect(startDemoLab({ ...again, stateFolder: lab.stateFolder })).rejects.toMatchObject({
    code: "BUSY",
  });
  const stateFolder = await newStateFolder();
  onTestFinished(() => rm(stateFolder, { recursive: true }));
  await expect(startDemoLab({ ...again, stateFolder })).rejects.toMatchObject({ code: "BUSY" });
  await expect(purgeCache(defaultCacheFolder, signal)).rejects.toMatchObject({ code: "BUSY" });
  expect(await cleanDemoLabs({ stateFolder: lab.stateFolder, signal })).toEqual({
    removed: [],
    running: [lab.id],
  });
  expect((await lab.ssh("loadgen", "true")).status).toBe(0);
});

test("a lab that is kept starts again with its hosts' files; another one starts clean", async () => {
  const stateFolder = await newStateFolder();
  const id = `kept-${process.pid}`;
  onTestFinished(async () => {
    await rm(stateFolder, { recursive: true, force: true });
    await removeKeys(id);
  });
  const start = (keep: boolean) => startTestLab({ keep }, { id, stateFolder });
  const first = await start(true);
  await first.ssh("sut", "echo mine >/root/note");
  await first.demo.stop();
  const second = await start(true);
  expect(await second.ssh("sut", "cat /root/note")).toMatchObject({ status: 0, stdout: "mine\n" });
  expect(second.demo.hostKeys).toEqual(first.demo.hostKeys);
  await second.demo.stop();
  const third = await start(false);
  expect((await third.ssh("sut", "cat /root/note")).status).not.toBe(0);
  await third.demo.stop();
  expect(tracesOf(stateFolder, id)).toEqual([]);
});

test("cancelling the start leaves nothing", async () => {
  const stateFolder = await newStateFolder();
  const id = `cancel-${process.pid}`;
  const cancelled = new AbortController();
  const cancelLate = (stage: string) => {
    if (stage.startsWith("Waiting for Docker")) cancelled.abort();
  };
  const start = startDemoLab({
    id,
    cacheFolder: defaultCacheFolder,
    stateFolder,
    signal: cancelled.signal,
    onProgress: cancelLate,
  });
  await expect(start).rejects.toMatchObject({ code: "CANCELLED" });
  expect(tracesOf(stateFolder, id)).toEqual([]);
  await rm(stateFolder, { recursive: true });
  await removeKeys(id);
});

test("a host that cannot start says why and leaves nothing", async () => {
  const stateFolder = await newStateFolder();
  const id = `wrong-${process.pid}`;
  const options = { sshdExtra: { sut: ["NoSuchSetting yes"] } };
  const start = startDemoLab({
    id,
    cacheFolder: defaultCacheFolder,
    stateFolder,
    signal,
    onProgress,
    options,
  });
  await expect(start).rejects.toMatchObject({
    code: "TOOL_FAILED",
    message: expect.stringContaining(`${id}-sut could not be started`),
    failure: { detail: expect.stringContaining("NoSuchSetting") },
  });
  expect(tracesOf(stateFolder, id)).toEqual([]);
  await rm(stateFolder, { recursive: true });
  await removeKeys(id);
});

test(`a lab whose starter is killed at ${deaths} random instants is cleaned without a trace`, async () => {
  const stateFolder = await newStateFolder();
  const id = `killed-${process.pid}`;
  onTestFinished(async () => {
    await rm(stateFolder, { recursive: true, force: true });
    await removeKeys(id);
  });
  for (let death = 0; death < deaths; death += 1) {
    const afterMs = Math.round(Math.random() * 1600);
    const starter = spawn(process.execPath, ["test/lab/up.ts", id, stateFolder], { stdio: "ignore" });
    const gone = new Promise((resolve) => starter.once("close", resolve));
    await sleep(afterMs);
    starter.kill("SIGKILL");
    await gone;
    await cleanDemoLabs({ stateFolder, signal });
    expect({ afterMs, traces: tracesOf(stateFolder, id) }).toEqual({ afterMs, traces: [] });
  }
});
