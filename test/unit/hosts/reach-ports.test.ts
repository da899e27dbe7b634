// Tare's listener and what tries to reach it, against each other and against servers that are another's.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readListening, readReached } from "#shared/facts/reach-reading.ts";
import { freePorts, installed } from "../workloads/local.ts";

const asset = (path: string) => fileURLToPath(new URL(`../../../assets/${path}`, import.meta.url));
const ready = installed("listening and reaching ports", "gcc", "bash");
const folder = mkdtempSync(join(tmpdir(), "tare-reach-"));
const flags = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror"];

beforeAll(() => {
  if (ready)
    execFileSync("gcc", [...flags, asset("kernels/port-listener.c"), "-o", join(folder, "port-listener")]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the listener as the host script does, and waits until it is ready. */
async function listen(seconds: number, ...ports: string[]) {
  const child: ChildProcess = spawn("sh", [
    asset("host/port-listener.sh"),
    folder,
    String(seconds),
    ...ports,
  ]);
  let text = "";
  child.stdout?.on("data", (bytes) => (text += String(bytes)));
  while (readListening(text) === null) await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  return { child, found: Object.fromEntries(readListening(text) ?? []) };
}

async function reach(...ports: string[]): Promise<Record<string, string>> {
  const child = spawn("bash", [asset("host/reach-ports.sh"), "127.0.0.1", "1", ...ports]);
  let text = "";
  child.stdout.on("data", (bytes) => (text += String(bytes)));
  await once(child, "close");
  return Object.fromEntries([...readReached(text)].map(([port, { outcome }]) => [port, outcome]));
}

async function serverThat(greets: string | null): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (greets !== null) socket.end(greets);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

test.skipIf(!ready)("what listens is reached; what does not, or is another's, is told apart", async () => {
  const [first = 0, second = 0, third = 0] = await freePorts(3);
  const { child, found } = await listen(20, `tcp/${first}/*`, `udp/${second}/127.0.0.1`);
  const quiet = await serverThat(null);
  const loud = await serverThat("SSH-2.0-x\r\n");
  expect(found).toEqual({
    [`tcp/${first}`]: { kind: "listening" },
    [`udp/${second}`]: { kind: "listening" },
  });
  const names = [`tcp/${first}`, `udp/${second}`, `tcp/${third}`, `udp/${third}`];
  expect(await reach(...names, `tcp/${quiet.port}`, `tcp/${loud.port}`)).toEqual({
    [`tcp/${first}`]: "ok",
    [`udp/${second}`]: "ok",
    [`tcp/${third}`]: "refused",
    [`udp/${third}`]: "refused",
    [`tcp/${quiet.port}`]: "other",
    [`tcp/${loud.port}`]: "other",
  });
  child.kill();
  quiet.server.close();
  loud.server.close();
});

test.skipIf(!ready)(
  "a datagram is answered only where it asks, and by another one, so that nothing goes round",
  async () => {
    const [port = 0] = await freePorts(1);
    const { child } = await listen(20, `udp/${port}/127.0.0.1`);
    const socket = createSocket("udp4");
    const answers: string[] = [];
    const answered = once(socket, "message");
    socket.on("message", (bytes) => answers.push(String(bytes)));
    for (const text of ["tare", "anything\n", "tare\n"]) socket.send(text, port, "127.0.0.1");
    await answered;
    expect(answers).toEqual(["tare"]);
    socket.close();
    child.kill();
  },
);

test.skipIf(!ready)("a taken port is told with its holder, also where only loopback is taken", async () => {
  const { server, port } = await serverThat(null);
  const { child, found } = await listen(20, `tcp/${port}/*`, `tcp/${port}/127.0.0.2`, "tcp/9/198.18.0.1");
  const holder = expect.stringMatching(new RegExp(`\\(process ${process.pid}\\)$`)) as string;
  // The last one with the same name counts: 127.0.0.2 is another address, and free.
  expect(found).toEqual({
    [`tcp/${port}`]: { kind: "listening" },
    "tcp/9": { kind: "failed", text: "Cannot assign requested address" },
  });
  child.kill();
  const again = await listen(20, `tcp/${port}/127.0.0.1`);
  expect(again.found).toEqual({ [`tcp/${port}`]: { kind: "taken", holder } });
  const everywhere = await listen(20, `tcp/${port}/*`);
  expect(everywhere.found).toEqual({ [`tcp/${port}`]: { kind: "taken", holder } });
  server.close();
});

test.skipIf(!ready)("the listener ends by itself: at its time, or at once where it has no port", async () => {
  const [port = 0] = await freePorts(1);
  const { child } = await listen(1, `tcp/${port}/*`);
  expect((await once(child, "exit"))[0]).toBe(0);
  expect(await reach(`tcp/${port}`)).toEqual({ [`tcp/${port}`]: "refused" });
  const none = await listen(60, "tcp/9/198.18.0.1");
  if (none.child.exitCode === null) await once(none.child, "exit");
  expect(none.child.exitCode).toBe(0);
});

test
  .skipIf(!ready)
  .each([[[]], [["0", "tcp/1/*"]], [["5", "sctp/1/*"]], [["5", "tcp/x/*"]], [["5", "tcp/70000/*"]]])(
  "%j is no use",
  async (argv) => {
    const child = spawn(join(folder, "port-listener"), argv);
    expect((await once(child, "exit"))[0]).toBe(2);
  },
);
