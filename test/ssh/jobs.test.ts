// Detached jobs on a real host: they outlive links, are never started twice, and leave nothing when they are ended.
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Command } from "#shared/model/command.ts";
import type { JobEnd } from "#main/hosts/machine.ts";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import { processesWith, until } from "./processes.ts";
import { connected, failureOf, forever, witness } from "./machine.ts";
import { startSshd, type TestSshd } from "./sshd.ts";

const signal = forever;
const sh = (script: string, ...parameters: string[]): Command => ({
  argv: ["sh", "-c", script, "sh", ...parameters],
});

let sshd: TestSshd;
let host: HostMachine;
beforeAll(async () => {
  sshd = await startSshd();
  host = await connected(sshd);
});
afterAll(async () => {
  await host.close();
  await sshd.stop();
});

const start = (id: string, command: Command, timeLimitSeconds = 30) =>
  host.jobs.start(id, command, { timeLimitSeconds, signal });

const follow = (id: string, machine = host) =>
  collected((onOutput) => machine.jobs.follow(id, { signal, onOutput }));

/** How a job ended, and what it printed piece by piece. */
async function collected(
  following: (onOutput: (stream: "stdout" | "stderr", text: string) => void) => Promise<JobEnd>,
) {
  const output = { stdout: "", stderr: "" };
  const end = await following((stream, text) => {
    output[stream] += text;
  });
  return {
    status: end.status,
    reason: end.reason,
    seconds: end.seconds,
    startedAt: end.startedAt,
    printed: end.printed,
    ...output,
  };
}

const jobFolder = (id: string) => join(sshd.folder, "var-lib/tare/jobs", id);
test("a job gives its outputs, status, time and input; it is listed, fetched and removed", async () => {
  await start("life/r1.1.measure", {
    ...sh("cat; echo $1 >&2; sleep 0.3; exit 7", "it's $(x)"),
    stdin: "é\n\n",
  });
  const before = Date.now();
  const end = await follow("life/r1.1.measure");
  expect(end).toMatchObject({ status: 7, reason: "exited", stdout: "é\n\n", stderr: "it's $(x)\n" });
  expect(end.seconds).toBeGreaterThanOrEqual(0.3);
  expect(Math.abs(Date.parse(end.startedAt) - before)).toBeLessThan(10_000);
  expect(await host.jobs.state("life/r1.1.measure", signal)).toBe("ended");
  expect(await follow("life/r1.1.measure")).toEqual(end);
  await start("life/r1.1.warm-up", sh("printf '\\0\\377\\n'; head -c 300000 /dev/zero"));
  const { printed } = await follow("life/r1.1.warm-up");
  expect(await host.jobs.list("life/", signal)).toEqual(["life/r1.1.measure", "life/r1.1.warm-up"]);
  const local = join(sshd.folder, "fetched");
  await host.jobs.fetch("life/r1.1.warm-up", "stdout", local, signal);
  const all = Buffer.concat([Buffer.from([0, 255, 10]), Buffer.alloc(300_000)]);
  expect(readFileSync(local).equals(all)).toBe(true);
  expect(Buffer.from(printed?.stdout ?? []).equals(all)).toBe(true);
  for (const id of await host.jobs.list("life/", signal)) await host.jobs.remove(id, signal);
  expect(await host.jobs.list("", signal)).toEqual([]);
  expect(await host.jobs.state("life/r1.1.measure", signal)).toBe("absent");
  expect((await failureOf(follow("life/r1.1.measure"))).code).toBe("NOT_FOUND");
});

test("started many times at once, also by several controllers, it runs once", async () => {
  const mark = join(sshd.folder, "starts");
  const second = await connected(sshd);
  const command = sh('echo x >>"$1"; sleep 0.5', mark);
  await Promise.all(
    [host, second, host, second].map((machine) =>
      machine.jobs.start("once", command, { timeLimitSeconds: 20, signal }),
    ),
  );
  expect(existsSync(join(jobFolder("once"), "pid"))).toBe(true);
  await follow("once");
  await start("once", command);
  expect(readFileSync(mark, "utf8")).toBe("x\n");
  await second.close();
});

test("a start whose answer was lost with the link is repeated and starts nothing twice", async () => {
  const mark = join(sshd.folder, "starts-lost");
  const machine = await connected(sshd);
  const starts = Array.from({ length: 4 }, (_, index) =>
    machine.jobs.start(
      `lost/${index}`,
      { ...sh('cat >>"$1"; echo x >>"$1"', mark), stdin: "in " },
      { timeLimitSeconds: 20, signal },
    ),
  );
  // Sessions are killed while the starts are in all their stages.
  for (let cut = 0; cut < 3; cut += 1) {
    await sleep(60);
    sshd.killSessions();
  }
  await Promise.all(starts);
  for (let index = 0; index < 4; index += 1) await follow(`lost/${index}`, machine);
  // Jobs that run at the same moment mix their words; each has written each once.
  const words = readFileSync(mark, "utf8")
    .split(/\s+/)
    .filter((word) => word !== "");
  expect(words.sort()).toEqual(["in", "in", "in", "in", "x", "x", "x", "x"]);
  await machine.close();
});

test("sessions that are killed while a job is started and followed lose no output, double none and leave the job alone", async () => {
  const seen = witness();
  const machine = await connected(sshd, {}, seen);
  const script = "for i in $(seq 400); do echo line $i; echo err $i >&2; sleep 0.005; done";
  const following = collected((onOutput) =>
    machine.jobs.run("cut", sh(script), { timeLimitSeconds: 30, signal, onOutput }),
  );
  for (let cut = 0; cut < 3; cut += 1) {
    await sleep(600);
    sshd.killSessions();
    await until(() => seen.events.filter((event) => event.kind === "restored").length === cut + 1);
  }
  const end = await following;
  const numbers = Array.from({ length: 400 }, (_, index) => index + 1);
  expect(end).toMatchObject({
    status: 0,
    reason: "exited",
    stdout: numbers.map((n) => `line ${n}\n`).join(""),
    stderr: numbers.map((n) => `err ${n}\n`).join(""),
  });
  await machine.close();
});

test("cancelling ends children, grandchildren and those that left the session, and those that ignore SIGTERM", async () => {
  const mark = `tare-cancel-${process.pid}`;
  const stubborn = `trap '' TERM; while :; do sleep 1; done # ${mark}`;
  await start("cancel", sh('sh -c "$1" & setsid sh -c "$1" & (sh -c "$1" &) ; wait', stubborn));
  await until(() => processesWith(mark).length >= 4);
  await host.jobs.cancel("cancel", signal);
  expect(processesWith(mark)).toEqual([]);
  expect(await follow("cancel")).toMatchObject({ reason: "cancelled" });
  await host.jobs.cancel("cancel", signal);
  await host.jobs.cancel("never-was", signal);
});

test("the time limit is kept on the host, with nobody connected", async () => {
  const mark = `tare-limit-${process.pid}`;
  const machine = await connected(sshd);
  await machine.jobs.start("limit", sh(`sleep 60 & sleep 60; : ${mark}`), { timeLimitSeconds: 1, signal });
  await machine.close();
  await until(() => existsSync(join(jobFolder("limit"), "end")));
  expect(processesWith(mark)).toEqual([]);
  expect(await follow("limit")).toMatchObject({ reason: "time-limit", status: 143 });
});

test("a job whose runner was killed has died, and what it left can be ended", async () => {
  const mark = `tare-died-${process.pid}`;
  await start("died", sh(`echo before; sleep 60; : ${mark}`));
  expect(await host.jobs.state("died", signal)).toBe("running");
  expect(await failureOf(host.jobs.remove("died", signal))).toMatchObject({ code: "BUSY" });
  const following = follow("died");
  const runner = Number(readFileSync(join(jobFolder("died"), "pid"), "utf8").split(" ")[0]);
  process.kill(runner, "SIGKILL");
  expect(await following).toMatchObject({ reason: "died", stdout: "before\n" });
  expect(await host.jobs.state("died", signal)).toBe("died");
  await host.jobs.cancel("died", signal);
  expect(processesWith(mark)).toEqual([]);
  await host.jobs.remove("died", signal);
});

test("a job of an earlier boot, or one whose start was cut half-way, has died", async () => {
  await start("reboot", sh("sleep 5"));
  const pid = join(jobFolder("reboot"), "pid");
  const [id = "", begun = ""] = readFileSync(pid, "utf8").split(" ");
  writeFileSync(pid, `${id} ${begun} 00000000-0000-0000-0000-000000000000\n`);
  expect(await host.jobs.state("reboot", signal)).toBe("died");
  const folder = jobFolder("half");
  mkdirSync(folder);
  expect(await host.jobs.state("half", signal)).toBe("running");
  utimesSync(folder, 0, 0);
  expect(await host.jobs.state("half", signal)).toBe("died");
  expect(await follow("half")).toMatchObject({ reason: "died", stdout: "" });
});

test("started and followed in one journey, a job gives the same, and is started once however often it is asked for", async () => {
  const command = {
    ...sh("cat; echo started >>$1; sleep 0.4; exit 3", join(sshd.folder, "starts-of-one")),
    stdin: "in\n",
  };
  const run = () => host.jobs.run("one", command, { timeLimitSeconds: 20, signal });
  const ends = await Promise.all([run(), run(), run()]);
  for (const end of ends) {
    expect(end).toMatchObject({ status: 3, reason: "exited", stdoutBytes: 3 });
    expect(Buffer.from(end.printed?.stdout ?? []).toString()).toBe("in\n");
  }
  expect(readFileSync(join(sshd.folder, "starts-of-one"), "utf8")).toBe("started\n");
  await host.jobs.remove("one", signal);
});

test("following can be given up without touching the job", async () => {
  await start("given-up", sh("sleep 1; echo done"));
  const abort = new AbortController();
  const following = failureOf(host.jobs.follow("given-up", { signal: abort.signal }));
  await sleep(200);
  abort.abort();
  expect((await following).code).toBe("CANCELLED");
  expect(await follow("given-up")).toMatchObject({ status: 0, stdout: "done\n" });
});

test("ids that could leave the folder of jobs are refused", async () => {
  for (const id of ["", "../x", "a/../b", "/x", "a//b", "a b", "-x", "$(x)"])
    expect((await failureOf(host.jobs.state(id, signal))).code).toBe("INPUT_INVALID");
});

test("a program that does not exist ends with status 127 and says so", async () => {
  await start("missing", { argv: ["no-such-tool"] });
  expect(await follow("missing")).toMatchObject({
    status: 127,
    stderr: expect.stringContaining("no-such-tool"),
  });
});
