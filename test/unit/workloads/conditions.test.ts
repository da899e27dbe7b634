// The presets as data: every condition is valid, and what it runs is exactly this.
import { expect, test } from "vitest";
import { conditionSchema, presetNames, workloadNames } from "#shared/model/workload.ts";
import type { Surroundings } from "#shared/model/workload.ts";
import type { Facts } from "#shared/model/facts.ts";
import { bindCondition, presetConditions, workloads } from "#shared/workloads/registry.ts";
import { bound } from "./samples.ts";

const surroundings: Surroundings = {
  serverAddress: "198.18.0.1",
  dataFolder: "/data",
  kernelFolder: "/opt/tare",
  loadgenKernelFolder: "/var/lib/tare/kernels/0123",
  device: null,
  cpus: 4,
};

/** A machine as far as the workloads look at it. */
function machineWith(availableBytes: number, freeBytes: number): Facts {
  return { hostname: "sut-1", memory: { availableBytes }, freeBytes } as Facts;
}

const every = workloadNames.flatMap((name) =>
  presetNames.map((preset) => ({ name, preset, conditions: presetConditions(name, preset) })),
);

test.each(every)("$name $preset: conditions are valid, distinct and can be bound", ({ name, conditions }) => {
  expect(conditions.length).toBeGreaterThan(0);
  expect(new Set(conditions.map(({ id }) => id)).size).toBe(conditions.length);
  for (const condition of conditions) {
    expect(conditionSchema.parse(condition)).toEqual(condition);
    const each = bindCondition(condition);
    expect(each.estimateSeconds()).toBeGreaterThan(0);
    expect(each.check(machineWith(2 ** 50, 2 ** 50))).toEqual([]);
    const program = each.program(surroundings);
    const { server } = program;
    expect(server !== null).toBe(workloads[name].network);
    if (server !== null) expect(each.needs().ports.map(({ port }) => port)).toContain(server.readyPort);
  }
});

test("a quick pass over all workloads takes a minute", () => {
  const seconds = workloadNames
    .flatMap((name) => presetConditions(name, "quick"))
    .reduce((sum, condition) => sum + bindCondition(condition).estimateSeconds(), 0);
  expect(seconds).toBeLessThan(60);
});

test("each workload has one table of metrics with distinct names, the primary ones first", () => {
  for (const { metrics } of Object.values(workloads)) {
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    const firstSecondary = metrics.findIndex(({ primary }) => !primary);
    expect(metrics.slice(firstSecondary).some(({ primary }) => primary)).toBe(false);
    expect(firstSecondary).toBeGreaterThan(0);
  }
});

test("unusable parameters are refused at the parameter that is wrong", () => {
  const [condition] = presetConditions("fio", "quick");
  if (condition === undefined) throw new Error("no condition");
  const change = (parameters: object) => () =>
    bindCondition({ ...condition, parameters: { ...condition.parameters, ...parameters } });
  expect(change({ depth: 0 })).toThrow(/Condition fio-read-d2 has unusable fio parameters: depth /);
  expect(change({ pattern: "read; rm -rf /" })).toThrow(/parameters: pattern /);
  expect(change({ surprise: 1 })).toThrow(/surprise/);
});

test("what cannot fit on a machine is said with both numbers", () => {
  const small = machineWith(2 ** 30, 2 ** 30);
  expect(bound("stream", "as described", "stream").check(small)).toEqual([
    "STREAM needs 36.9 GiB of memory; sut-1 has 1.0 GiB available.",
  ]);
  expect(bound("fio", "as run", "fio-read-d2").check(small)).toEqual([
    "fio's file of 16.0 GiB does not fit: sut-1 has 1.0 GiB free.",
  ]);
  expect(bound("redis", "as described", "redis-c50").check(small)).toEqual([
    "Redis with 150000000 keys needs 23.8 GiB of memory; sut-1 has 1.0 GiB available.",
  ]);
  expect(bound("redis", "quick", "redis-c50").check(small)).toEqual([]);
});

test("the paper's scripts: one pass for sequential fio jobs, 60 s at most for random ones, as test.fio has them", () => {
  const lines = presetConditions("fio", "as run").map((condition) => {
    const { prepare, measure } = bindCondition(condition).program(surroundings);
    return `${prepare.length} ${measure.argv.slice(1, -1).join(" ")}`;
  });
  const rest = "--ioengine=libaio --direct=1 --thread --group_reporting";
  const file = "--filename=/data/tare-fio.dat --size=17179869184";
  expect(lines).toEqual([
    `0 --name=write ${file} --rw=write --bs=1048576 --iodepth=16 --numjobs=1 ${rest}`,
    `1 --name=read ${file} --rw=read --bs=1048576 --iodepth=1 --numjobs=1 ${rest}`,
    `1 --name=read ${file} --rw=read --bs=1048576 --iodepth=2 --numjobs=1 ${rest}`,
    `1 --name=randwrite ${file} --rw=randwrite --bs=4096 --iodepth=16 --numjobs=1 ${rest} --runtime=60`,
    `1 --name=randwrite ${file} --rw=randwrite --bs=4096 --iodepth=16 --numjobs=8 ${rest} --runtime=60`,
    `1 --name=randread ${file} --rw=randread --bs=4096 --iodepth=16 --numjobs=1 ${rest} --runtime=60`,
    `1 --name=randread ${file} --rw=randread --bs=4096 --iodepth=16 --numjobs=8 ${rest} --runtime=60`,
    `1 --name=randrw ${file} --rw=randrw --rwmixread=70 --bs=4096 --iodepth=32 --numjobs=8 ${rest} --runtime=60`,
  ]);
});

test("as described: the same eight jobs, each for 60 s after a warm-up", () => {
  const shapes = (preset: "as described" | "as run") =>
    presetConditions("fio", preset).map(({ id, parameters }) => ({ id, parameters }));
  expect(shapes("as described").map(({ id }) => id)).toEqual(shapes("as run").map(({ id }) => id));
  for (const { parameters } of shapes("as described"))
    expect(parameters).toMatchObject({ seconds: 60, timeBased: true, warmUpSeconds: 5, layout: true });
});

test("on a block device fio writes the same region first, and there is no file to remove", () => {
  const [condition] = presetConditions("fio", "quick");
  if (condition === undefined) throw new Error("no condition");
  const { prepare, measure, finish } = bindCondition(condition).program({
    ...surroundings,
    device: "/dev/disk/by-path/pci-0000:00:04.0",
  });
  const place = "--filename=/dev/disk/by-path/pci-0000\\:00\\:04.0 --size=134217728 --allow_mounted_write=0";
  expect(prepare.map(({ argv }) => argv.join(" "))).toEqual([
    `fio --name=layout ${place} --rw=write --bs=1m --iodepth=16 --ioengine=libaio --direct=1 --thread --end_fsync=1 --output-format=json`,
  ]);
  expect(measure.argv.join(" ")).toContain(`fio --name=read ${place} --rw=read `);
  expect(finish).toEqual([]);
});

function commands(
  name: "stream" | "nuttcp" | "redis",
  preset: "quick" | "as run",
  id: string,
): readonly string[] {
  const { prepare, server, warmUp, measure, finish } = bound(name, preset, id).program(surroundings);
  const steps = [...prepare, ...(server === null ? [] : [server]), ...warmUp, measure, ...finish];
  return steps.map(({ where, argv }) => `${where}: ${argv.join(" ")}`);
}

test("the programs of the other quick conditions", () => {
  expect(commands("stream", "quick", "stream")).toEqual([
    "environment: /opt/tare/stream --elements 16777216 --repetitions 5 --threads 4 --pages madvise",
  ]);
  expect(commands("nuttcp", "quick", "nuttcp-receive")).toEqual([
    "environment: nuttcp -S --nofork -P5100 -p5101",
    "loadgen: nuttcp -r -fparse -T1 -P5100 -p5101 198.18.0.1",
    "loadgen: nuttcp -r -fparse -T1 -P5100 -p5101 198.18.0.1",
  ]);
  const server =
    "environment: redis-server --port 6479 --bind 0.0.0.0 --protected-mode no --save  --appendonly no --daemonize no";
  const load = "loadgen: /var/lib/tare/kernels/0123/redis-load --host 198.18.0.1 --port 6479 --keys 100000";
  expect(commands("redis", "quick", "redis-c50")).toEqual([
    server,
    `${load} --value-bytes 50 --fill --clients 4 --pipeline 64`,
    `${load} --value-bytes 50 --clients 50 --pipeline 10 --get-share 0.5 --warm-up 0.2 --seconds 1 --seed 1`,
  ]);
  expect(commands("redis", "as run", "redis-c50")).toEqual([
    server,
    "loadgen: redis-benchmark -h 198.18.0.1 -p 6479 -c 50 -t set,get -d 50 -r 100000 -n 500000",
  ]);
});
