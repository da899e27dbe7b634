// Start-up time: which commands are timed, that the two kernels tell the truth, and what is read of them.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assetPath } from "#main/installation.ts";
import { docker } from "#shared/environments/docker.ts";
import { kvm } from "#shared/environments/kvm.ts";
import { native } from "#shared/environments/native.ts";
import { readStartUp } from "#shared/environments/start-up.ts";
import type { DockerConfiguration, NativeConfiguration } from "#shared/model/configuration.ts";
import { commandText } from "#shared/model/command.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";
import { dockerNat, kvm as kvmSample, native as nativeSample } from "../sample-campaign.ts";
import { sampleContext } from "../../fixtures/sample-sut.ts";
import { builtKernel } from "../workloads/built-kernel.ts";

const run = promisify(execFile);
let folder = "";
const port = String(20_000 + (process.pid % 10_000));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tare-start-up-"));
  for (const name of ["answer", "first-answer"]) await builtKernel(name, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function timed(limit: string, pidFile: string, ...command: string[]) {
  const argv = [
    assetPath("host", "start-up.sh"),
    folder,
    limit,
    "1",
    pidFile,
    "127.0.0.1",
    port,
    "--",
    ...command,
  ];
  try {
    return { status: 0, ...(await run("sh", argv)) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

const later = (line: string) => ["sh", "-c", `echo "made $0"; (${line}) >/dev/null 2>&1 & exit 0`, "thing"];

test("the time runs to the answer, not to the command's end, and what the command printed comes along", async () => {
  const { status, stdout } = await timed("20", "-", ...later(`sleep 0.3; exec ${folder}/answer ${port}`));
  expect(status).toBe(0);
  expect(stdout).toMatch(/^made thing\n/);
  const startUp = readStartUp(stdout);
  expect(startUp?.seconds).toBeGreaterThan(0.3);
  expect(startUp?.commandSeconds).toBeLessThan(startUp?.seconds ?? 0);
});

test("a program that answers and ends is timed, too, and is gone afterwards", async () => {
  const first = await timed("20", "-", `${folder}/answer`, port);
  const second = await timed("20", "-", `${folder}/answer`, port);
  expect([first, second].map(({ stdout }) => readStartUp(stdout) !== null)).toEqual([true, true]);
});

test("a command that fails ends the waiting with its own status", async () => {
  expect(await timed("20", "-", "sh", "-c", "echo no >&2; exit 7")).toMatchObject({
    status: 7,
    stdout: "",
    stderr: "no\n",
  });
});

test("without an answer within the limit there is no time, and no failure", async () => {
  const { status, stdout } = await timed("0.2", "-", "echo", "id");
  expect({ status, stdout, startUp: readStartUp(stdout) }).toEqual({
    status: 0,
    stdout: "id\n",
    startUp: null,
  });
});

test("the end of the process that was started ends the waiting", async () => {
  const child = spawn("sleep", ["60"]);
  const pidFile = join(folder, "pid");
  await writeFile(pidFile, `${child.pid}`);
  const waiting = timed("100", pidFile, "true");
  child.kill("SIGKILL");
  expect(await waiting).toMatchObject({ status: 0, stdout: "" });
});

test("hosts without the kernel run the command untimed", async () => {
  const argv = [
    assetPath("host", "start-up.sh"),
    "/nowhere",
    "20",
    "1",
    "-",
    "127.0.0.1",
    port,
    "--",
    "echo",
    "a b",
  ];
  expect((await run("sh", argv)).stdout).toBe("a b\n");
});

test("what is timed: docker run, virsh start, and natively the program that answers", () => {
  const nat = docker.changes(sampleContext(dockerNat as DockerConfiguration)).at(-1)?.apply ?? [];
  const guest = kvm.changes(sampleContext(kvmSample)).at(-1)?.apply ?? [];
  const enter = native.startUpBaseline?.(sampleContext(nativeSample as NativeConfiguration));
  const heads = [...nat, ...guest, ...(enter === undefined ? [] : [enter])].map((command) =>
    commandText({ argv: command.argv.slice(0, 12) }),
  );
  expect(heads).toMatchInlineSnapshot(`
    [
      "sh /root/.cache/tare/start-up.sh /var/lib/tare/kernels/4567 20 1 - 198.18.4.1 5190 -- docker run -d",
      "sh /root/.cache/tare/docker.sh container-check tare-2026-01-02-sample-abc-docker-nat",
      "sh /root/.cache/tare/guest.sh define tare-2026-01-02-sample-abc-kvm",
      "sh /root/.cache/tare/start-up.sh /var/lib/tare/kernels/4567 60 1 /run/libvirt/qemu/tare-2026-01-02-sample-abc-kvm.pid 198.18.4.64 5190 -- sh /root/.cache/tare/guest.sh start",
      "sh /root/.cache/tare/start-up.sh /var/lib/tare/kernels/4567 20 1 - 127.0.0.1 5190 -- sh /root/.cache/tare/native-enter.sh /var/lib/tare/userland/0123abcd/root",
    ]
  `);
});

test("a container that the SUT cannot reach is not timed", () => {
  const configuration = { ...(dockerNat as DockerConfiguration), network: { mode: "macvlan" } } as const;
  const command = docker.changes(sampleContext(configuration)).at(-1)?.apply[0];
  expect(command?.argv.slice(0, 2)).toEqual(["docker", "run"]);
});

test("what start-up.sh runs as root must be allowed by itself", () => {
  const wrapped = (...argv: string[]) => ({
    argv: ["sh", "/s/start-up.sh", "/k", "1", "1", "-", "127.0.0.1", "1", "--", ...argv],
  });
  expect(rootRefusal(wrapped("docker", "run", "--", "x"), "/s")).toBeNull();
  expect(rootRefusal(wrapped("reboot"), "/s")).toContain("reboot");
  expect(rootRefusal(wrapped("sh", "/tmp/other.sh"), "/s")).toContain("/tmp/other.sh");
});

test("a damaged line is no time", () => {
  expect(readStartUp('id\n{"startUp":{"seconds":1.5,"commandSeconds":0.5}}\n')).toEqual({
    seconds: 1.5,
    commandSeconds: 0.5,
  });
  for (const text of ["", '{"startUp":', '{"startUp":{"seconds":-1,"commandSeconds":0}}', '{"startUp":1}'])
    expect(readStartUp(text)).toBeNull();
});
