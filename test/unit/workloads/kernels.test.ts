// Tare's C programs, really compiled with the flags that are used on hosts, and really run.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kernelCommand, kernelSources } from "#main/workloads/kernels.ts";
import { bindCondition, presetConditions, workloads } from "#shared/workloads/registry.ts";
import { freePorts, installed, runLocally, runOk, startServer } from "./local.ts";
import { bound, valuesOf } from "./samples.ts";

const hasCompiler = installed("compiling and running the kernels", "gcc");
const hasRedis = hasCompiler && installed("the load on a real Redis", "redis-server", "redis-cli");
const script = new URL("../../../assets/host/build-kernels.sh", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "tare-kernels-"));
const folder = join(scratch, "it's a folder");
const stream = join(folder, "stream");
const redisLoad = join(folder, "redis-load");

beforeAll(async () => {
  if (!hasCompiler) return;
  for (const source of (await kernelSources()).sources) {
    const { argv, stdin } = kernelCommand(script, folder, source);
    const { status, stderr } = await runLocally(argv, stdin);
    expect(status, stderr).toBe(0);
  }
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test.skipIf(!hasCompiler)("building leaves each program with its source and nothing else", async () => {
  const { sources } = await kernelSources();
  expect(readdirSync(folder).toSorted()).toEqual(
    sources.flatMap(({ name }) => (name.endsWith(".sh") ? [name] : [name, `${name}.c`])).toSorted(),
  );
});

test("a source goes to a host as one file, with its own headers inside, each once", async () => {
  for (const { name, source } of (await kernelSources()).sources) {
    expect(source, name).not.toMatch(/^#include "/m);
    const headers = [...source.matchAll(/^#line 1 "(.*)"$/gm)].map((match) => match[1]);
    // A script has none, and the one program that takes no options needs none.
    if (!name.endsWith(".sh") && name !== "device-claim") expect(headers.length, name).toBeGreaterThan(0);
    expect(new Set(headers).size, name).toBe(headers.length);
  }
});

test.skipIf(!hasCompiler)("gcc names the lines of a source as they stand in its file", async () => {
  const stream = (await kernelSources()).sources.find(({ name }) => name === "stream");
  if (stream === undefined) throw new Error("no kernel is called stream");
  const lines = readFileSync(new URL("../../../assets/kernels/stream.c", import.meta.url), "utf8").split(
    "\n",
  );
  const place = lines.findIndex((line) => line.includes("c[i] = a[i];")) + 1;
  const source = stream.source.replace("c[i] = a[i];", "c[i] = nowhere;");
  const { argv, stdin } = kernelCommand(script, join(scratch, "lines"), { ...stream, source });
  expect((await runLocally(argv, stdin)).stderr).toMatch(new RegExp(`^stream\\.c:${place}:.*nowhere`, "m"));
});

test.skipIf(!hasCompiler)("what is built is not built again", async () => {
  const { status, stdout } = await runLocally([script, folder, "stream", "-std=c11"], "not C at all");
  expect({ status, stdout }).toEqual({ status: 0, stdout: `already built: ${stream}\n` });
});

test.skipIf(!hasCompiler)("a source that does not compile leaves nothing behind", async () => {
  const other = join(scratch, "broken");
  const { status, stderr } = await runLocally(
    [script, other, "broken", "-O2"],
    "int main(void) { return x; }\n",
  );
  expect(status).toBe(1);
  expect(stderr).toContain("undeclared");
  expect(readdirSync(other)).toEqual([]);
});

test("without gcc the script ends with 3 and says so", async () => {
  const { status, stderr } = await runLocally(
    ["/usr/bin/env", "PATH=/nonexistent", "/bin/sh", script, join(scratch, "none"), "x"],
    "",
  );
  expect({ status, stderr }).toEqual({ status: 3, stderr: "gcc is not installed\n" });
  expect(existsSync(join(scratch, "none"))).toBe(false);
});

test.skipIf(!hasCompiler)("STREAM runs verified, in as many threads as it was told", async () => {
  const [condition] = presetConditions("stream", "quick");
  if (condition === undefined) throw new Error("no condition");
  const small = bindCondition({
    ...condition,
    parameters: { elements: 400_000, repetitions: 300, threads: 3, pages: "default" },
  });
  const program = small.program({
    serverAddress: "",
    dataFolder: scratch,
    kernelFolder: folder,
    loadgenKernelFolder: folder,
    device: null,
    cpus: 2,
  });
  const reading = small.parse(await runOk(program.measure));
  expect(reading.remarks).toContain("threads: 3");
  for (const name of ["copy", "scale", "add", "triad"])
    expect(valuesOf(reading)[`${name}-mean`]).toBeLessThanOrEqual(valuesOf(reading)[name] ?? 0);
});

test.skipIf(!hasCompiler)(
  "a STREAM whose arrays go wrong ends with 1, and its table is no result",
  async () => {
    const good = (await kernelSources()).sources.find(({ name }) => name === "stream");
    if (good === undefined) throw new Error("no kernel is called stream");
    const source = good.source.replace(
      "b[i] = scalar * c[i];",
      "b[i] = scalar * c[i] + (i == n / 2 ? 1e-3 : 0);",
    );
    const { argv, stdin } = kernelCommand(script, join(scratch, "wrong"), { ...good, source });
    expect((await runLocally(argv, stdin)).status).toBe(0);
    const raw = await runLocally([
      join(scratch, "wrong", "stream"),
      "--elements",
      "100000",
      "--threads",
      "2",
    ]);
    expect(raw.status).toBe(1);
    expect(() => bound("stream", "quick", "stream").parse(raw)).toThrow(
      /^STREAM's arrays did not hold what they must \(line \d+: "Solution Does Not Validate"\)\.$/,
    );
  },
);

test.skipIf(!hasCompiler)("STREAM's kernels are loops of their own, not calls of memcpy", async () => {
  const source = readFileSync(join(folder, "stream.c"), "utf8");
  const flags = (await kernelSources()).sources.find(({ name }) => name === "stream")?.flags ?? [];
  const { stdout } = await runLocally(
    ["gcc", "-x", "c", "-", ...flags.filter((flag) => flag !== "-static" && flag !== "-lm"), "-S", "-o", "-"],
    source,
  );
  expect(stdout).toContain("GOMP_parallel");
  expect(stdout).not.toMatch(/call\s+memcpy/);
});

test.skipIf(!hasCompiler)("wrong arguments are told and end with 2", async () => {
  expect(await runLocally([stream, "--elements", "4x"])).toEqual({
    status: 2,
    stdout: "",
    stderr: 'stream: --elements must be 1 to 17592186044416, not "4x"\n',
  });
  expect((await runLocally([redisLoad, "--host", "127.0.0.1"])).status).toBe(2);
  expect(
    (await runLocally([redisLoad, "--host", "h", "--port", "1", "--keys", "1", "--get-share", "2"])).status,
  ).toBe(2);
});

/** What a client sends, as far as it comes; the server never answers. */
async function requestsOf(options: readonly string[], bytes: number): Promise<string> {
  const [port = 0] = await freePorts(1);
  let received = "";
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.setEncoding("latin1").on("data", (text: string) => {
      received += text;
      if (received.length >= bytes) socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const outcome = await runLocally([redisLoad, "--host", "127.0.0.1", "--port", String(port), ...options]);
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toMatch(/closed the connection|Connection reset/);
  await new Promise((resolve) => server.close(resolve));
  return received;
}

function send(seed: number): Promise<string> {
  return requestsOf(["--keys", "1000000", "--pipeline", "1000", "--seed", String(seed)], 50_000);
}

test.skipIf(!hasCompiler)(
  "the same seed sends the same requests, half of them GETs, keys of 10 characters",
  async () => {
    const [first, second, other] = [await send(7), await send(7), await send(8)];
    const common = Math.min(first.length, second.length);
    expect(first.slice(0, common)).toBe(second.slice(0, common));
    expect(other.slice(0, common)).not.toBe(first.slice(0, common));
    const gets = first.match(/\r\nGET\r\n\$10\r\n\d{10}\r\n/g)?.length ?? 0;
    const sets = first.match(/\r\nSET\r\n\$10\r\n\d{10}\r\n/g)?.length ?? 0;
    expect(gets + sets).toBeGreaterThan(900);
    // Five standard deviations of a fair coin.
    expect(Math.abs(gets - sets)).toBeLessThan(5 * Math.sqrt(gets + sets));
  },
);

test.skipIf(!hasCompiler)("filling writes each key once, with values of 50 bytes on average", async () => {
  const text = await requestsOf(["--keys", "1000", "--fill", "--pipeline", "1000"], 80_000);
  const sets = [...text.matchAll(/SET\r\n\$10\r\n(\d{10})\r\n\$(\d+)\r\n(x+)\r\n/g)];
  expect(sets.length).toBeGreaterThan(900);
  expect(sets.map((set) => Number(set[1]))).toEqual(sets.map((_, index) => index));
  expect(sets.every((set) => Number(set[2]) === set[3]?.length)).toBe(true);
  const sizes = sets.map((set) => Number(set[2]));
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([1, 99]);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeCloseTo(50, -1);
});

test.skipIf(!hasCompiler)("a server that is not Redis is told apart", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  const [port = 0] = await freePorts(1);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const options = ["--host", "127.0.0.1", "--port", String(port), "--keys", "10"];
  expect(await runLocally([redisLoad, ...options])).toEqual({
    status: 1,
    stdout: "",
    stderr: "redis-load: the server does not speak the Redis protocol (a reply starts with byte 72)\n",
  });
  await new Promise((resolve) => server.close(resolve));
  expect((await runLocally([redisLoad, ...options])).stderr).toContain("Connection refused");
});

test.skipIf(!hasCompiler)(
  "a server that reads late gets every request whole, and each reply is counted",
  async () => {
    let sets = 0;
    // It reads nothing for a while, so that the socket fills and requests have to wait for it.
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      let rest = "";
      socket.on("error", () => undefined);
      socket.setEncoding("latin1").on("data", (text: string) => {
        const parts = (rest + text).split("\r\nSET\r\n");
        rest = parts.at(-1)?.slice(-8) ?? "";
        sets += parts.length - 1;
        socket.write("+OK\r\n".repeat(parts.length - 1));
      });
      setTimeout(() => socket.resume(), 300);
    });
    const [port = 0] = await freePorts(1);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const load = ["--clients", "2", "--pipeline", "1024", "--value-bytes", "4096", "--get-share", "0"];
    const target = ["--host", "127.0.0.1", "--port", String(port), "--keys", "5000", "--seconds", "0.5"];
    const { stdout } = await runOk({ argv: [redisLoad, ...target, ...load] });
    expect((JSON.parse(stdout) as Totals).set.total).toBe(sets);
    await new Promise((resolve) => server.close(resolve));
  },
);

/** A real server for one test, with the counts it kept itself. */
async function withRedis(body: (port: number) => Promise<void>): Promise<void> {
  const [port = 0] = await freePorts(1);
  const { server } = bindRedis({ port }).program(surroundings);
  if (server === null) throw new Error("Redis needs a server");
  const stop = await startServer(server);
  try {
    await body(port);
  } finally {
    await stop();
  }
}

const surroundings = {
  serverAddress: "127.0.0.1",
  dataFolder: scratch,
  kernelFolder: folder,
  loadgenKernelFolder: folder,
  device: null,
  cpus: 2,
};

function bindRedis(changes: object) {
  const { condition } = bound("redis", "quick", "redis-c10");
  return bindCondition({ ...condition, parameters: { ...condition.parameters, seconds: 0.3, ...changes } });
}

async function callsOf(port: number, command: string): Promise<number> {
  const { stdout } = await runOk({ argv: ["redis-cli", "-p", String(port), "info", "commandstats"] });
  const found = new RegExp(`cmdstat_${command}:calls=(\\d+),.*failed_calls=(\\d+)`).exec(stdout);
  expect(found?.[2] ?? "0").toBe("0");
  return Number(found?.[1] ?? 0);
}

interface Totals {
  get: { total: number; count: number };
  set: { total: number; count: number };
  misses: number;
  errors: number;
}

test.skipIf(!hasRedis)("redis-load counts exactly what the server counted", async () => {
  await withRedis(async (port) => {
    const condition = bindRedis({ port });
    const { warmUp, measure } = condition.program(surroundings);
    for (const step of warmUp) await runOk(step);
    expect(await callsOf(port, "set")).toBe(100_000);
    expect((await runOk({ argv: ["redis-cli", "-p", String(port), "dbsize"] })).stdout).toBe("100000\n");
    const raw = await runOk(measure);
    const totals = JSON.parse(raw.stdout) as Totals;
    expect(await callsOf(port, "get")).toBe(totals.get.total);
    expect(await callsOf(port, "set")).toBe(totals.set.total + 100_000);
    expect(totals).toMatchObject({ misses: 0, errors: 0 });
    const values = valuesOf(condition.parse(raw));
    expect(values.throughput).toBeCloseTo((totals.get.count + totals.set.count) / 0.3, 3);
    expect(totals.get.count).toBeLessThan(totals.get.total);
  });
});

test.skipIf(!hasRedis)("requests larger than the socket's buffer arrive whole", async () => {
  await withRedis(async (port) => {
    const condition = bindRedis({
      port,
      clients: 3,
      pipeline: 1024,
      valueBytes: 4096,
      keys: 500,
      getShare: 0.2,
    });
    const { warmUp, measure } = condition.program(surroundings);
    for (const step of warmUp) await runOk(step);
    const raw = await runOk(measure);
    const totals = JSON.parse(raw.stdout) as Totals;
    expect(await callsOf(port, "set")).toBe(totals.set.total + 500);
    expect(totals).toMatchObject({ misses: 0, errors: 0 });
  });
});

test.skipIf(!hasRedis)("misses and the server's errors are counted, not measured", async () => {
  await withRedis(async (port) => {
    const condition = bindRedis({ port, getShare: 0.5 });
    const { measure } = condition.program(surroundings);
    const onlyGet = bindRedis({ port, getShare: 1 }).program(surroundings).measure;
    const misses = JSON.parse((await runOk(onlyGet)).stdout) as Totals;
    expect(misses.misses).toBe(misses.get.count);
    expect(misses.set.count).toBe(0);
    await runOk({ argv: ["redis-cli", "-p", String(port), "config", "set", "maxmemory", "1"] });
    const raw = await runOk(measure);
    const refused = JSON.parse(raw.stdout) as Totals;
    expect(refused.set.count).toBe(0);
    expect(refused.errors).toBe(refused.set.total);
    expect(condition.parse(raw).remarks).toContain(`${refused.errors} requests were answered with an error`);
    const fill = bindRedis({ port }).program(surroundings).warmUp[0];
    const { status, stderr } = await runLocally(fill?.argv ?? []);
    expect(status).toBe(1);
    expect(stderr).toMatch(/keys were refused: OOM command not allowed/);
    expect(workloads.redis.parseFile(raw.stdout)).toHaveLength(1);
  });
});
