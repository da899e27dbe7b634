// fio: block I/O on a file in the environment's data folder or on a block device, through libaio and O_DIRECT.
import { z } from "zod";
import type { Facts } from "../model/facts.ts";
import type { Condition, DeviceRoom, Workload, Writes } from "../model/workload.ts";
import { jsonReadings } from "./fio-json.ts";
import { fioMetrics } from "./fio-reading.ts";
import { textReadings } from "./fio-text.ts";
import { bytesText } from "./measure.ts";
import { linesOf, onlyOne } from "./output.ts";

const parametersSchema = z.strictObject({
  pattern: z.enum(["read", "write", "randread", "randwrite", "randrw"]),
  /** Share of reads of the mixed pattern. */
  readPercent: z.number().int().min(0).max(100),
  blockBytes: z
    .number()
    .int()
    .min(512)
    .max(2 ** 27),
  /** Requests that each job keeps under way. */
  depth: z.number().int().min(1).max(65_536),
  jobs: z.number().int().min(1).max(1024),
  fileBytes: z
    .number()
    .int()
    .min(2 ** 20)
    .max(2 ** 50),
  /** 0: one pass over the file, however long it takes. */
  seconds: z.number().int().min(0).max(86_400),
  /** Go over the file again until the time is up; false: end after one pass even if time is left. */
  timeBased: z.boolean(),
  /** fio's ramp_time: I/O before the measurement that is not counted. */
  warmUpSeconds: z.number().min(0).max(3600),
  /** Write the whole file (on a device: its first `fileBytes`) before the run, so that no read meets a hole and no write allocates. */
  layout: z.boolean(),
});
export type FioParameters = z.infer<typeof parametersSchema>;

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

const titles: Readonly<Record<FioParameters["pattern"], string>> = {
  read: "sequential read",
  write: "sequential write",
  randread: "random read",
  randwrite: "random write",
  randrw: "random 70 % read, 30 % write",
};

type Job = Pick<FioParameters, "pattern" | "blockBytes" | "depth" | "jobs"> & Partial<FioParameters>;

function condition(
  job: Job,
  rest: Omit<FioParameters, keyof Job | "readPercent"> & Partial<FioParameters>,
): Condition {
  const parameters = { readPercent: 70, ...rest, ...job };
  const { pattern, blockBytes, depth, jobs } = parameters;
  const load = jobs === 1 ? `d${depth}` : `d${depth}x${jobs}`;
  return {
    id: `fio-${pattern}-${load}`,
    label: `fio ${titles[pattern]}, ${blockBytes / 1024} KiB, depth ${depth}${jobs === 1 ? "" : ` x ${jobs} jobs`}`,
    workload: "fio",
    parameters,
  };
}

const sequential = { blockBytes: mebibyte, jobs: 1 };
const random = { blockBytes: 4096 };

// The jobs of test.fio. The paper's text says 60 s for each, and a concurrency of 128 for the random ones; its mixed job
// had 256 (32 x 8) and its sequential ones made one pass.
const described: readonly Job[] = [
  { ...sequential, pattern: "write", depth: 16 },
  { ...sequential, pattern: "read", depth: 1 },
  { ...sequential, pattern: "read", depth: 2 },
  { ...random, pattern: "randwrite", depth: 16, jobs: 1 },
  { ...random, pattern: "randwrite", depth: 16, jobs: 8 },
  { ...random, pattern: "randread", depth: 16, jobs: 1 },
  { ...random, pattern: "randread", depth: 16, jobs: 8 },
  { ...random, pattern: "randrw", depth: 32, jobs: 8 },
];

// As run: sequential jobs make one pass, and the first lays the file out itself; random jobs end after 60 s or one pass.
const onePass = { seconds: 0 };
const run: readonly Job[] = described.map((job, index) => ({
  ...job,
  ...(job.blockBytes === mebibyte ? onePass : {}),
  ...(index === 0 ? { layout: false } : {}),
}));

const quick: readonly Job[] = [
  { ...sequential, pattern: "read", depth: 2 },
  { ...sequential, pattern: "write", depth: 16 },
  { ...random, pattern: "randread", depth: 16, jobs: 1 },
  { ...random, pattern: "randwrite", depth: 16, jobs: 1 },
  { ...random, pattern: "randrw", depth: 16, jobs: 1 },
];

const whole = { fileBytes: 16 * gibibyte, seconds: 60, layout: true };

export const fio: Workload<FioParameters> = {
  name: "fio",
  title: "fio",
  summary:
    "Sequential, random and mixed I/O on a file or a block device, past the page cache, measured with fio and libaio.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics: fioMetrics,
  presets: {
    quick: quick.map((job) =>
      condition(job, {
        fileBytes: 128 * mebibyte,
        seconds: 1,
        timeBased: true,
        warmUpSeconds: 0.5,
        layout: true,
      }),
    ),
    "as described": described.map((job) => condition(job, { ...whole, timeBased: true, warmUpSeconds: 5 })),
    "as run": run.map((job) => condition(job, { ...whole, timeBased: false, warmUpSeconds: 0 })),
  },
  network: false,
  needs: ({ fileBytes, depth, jobs, blockBytes }) => ({
    loadgenTools: [],
    environmentTools: ["fio"],
    ports: [],
    memoryBytes: 64 * mebibyte + depth * jobs * blockBytes,
    diskBytes: fileBytes,
  }),
  writes,
  // The file is laid out, or passed over once, at some 500 MB/s.
  estimateSeconds: ({ fileBytes, seconds, warmUpSeconds, layout }) => {
    const pass = fileBytes / 500e6;
    return 0.6 + (layout ? pass : 0) + (seconds === 0 ? pass : seconds + warmUpSeconds);
  },
  check: reasons,
  program: (parameters, { dataFolder, device }) => {
    const file = device ?? `${dataFolder}/tare-fio.dat`;
    return {
      prepare: parameters.layout ? [{ where: "environment", argv: layoutCommand(parameters, file) }] : [],
      server: null,
      warmUp: [],
      measure: { where: "environment", argv: measureCommand(parameters, file) },
      // What was written to a device stays there: it has no file to remove.
      finish: device === null ? [{ where: "environment", argv: ["rm", "-f", "--", file] }] : [],
    };
  },
  parse: ({ stdout }, { blockBytes }) => onlyOne(jsonReadings(stdout, blockBytes), "fio", linesOf(stdout)),
  parseFile: (text) => (/^\{\s*$/m.test(text) ? jsonReadings(text, null) : textReadings(text)),
};

/** Each of fio's jobs passes over the whole file; a job that reads a file which is not there lays it out itself. */
function writes(parameters: FioParameters, device: boolean): Writes {
  const { pattern, readPercent, fileBytes, jobs, seconds, timeBased, warmUpSeconds, layout } = parameters;
  const share = { read: 0, randread: 0, write: 1, randwrite: 1, randrw: 1 - readPercent / 100 }[pattern];
  const laidOut = layout || (share < 1 && !device) ? fileBytes : 0;
  const pass = fileBytes * jobs * share;
  const timed = seconds > 0 && share > 0;
  return {
    bytes: laidOut + (seconds === 0 ? pass : 0),
    shared: null,
    timed: timed ? { seconds: seconds + warmUpSeconds, share, mostBytes: timeBased ? null : pass } : null,
    serverSeconds: 0,
  };
}

const engine = ["--ioengine=libaio", "--direct=1", "--thread"];

/** A file or a device; a device that is mounted meanwhile is not written to, whatever fio's default is. */
function place(file: string, { fileBytes }: FioParameters): readonly string[] {
  const target = [`--filename=${escapeColons(file)}`, `--size=${fileBytes}`];
  return file.startsWith("/dev/") ? [...target, "--allow_mounted_write=0"] : target;
}

function layoutCommand(parameters: FioParameters, file: string): readonly string[] {
  return [
    "fio",
    "--name=layout",
    ...place(file, parameters),
    "--rw=write",
    "--bs=1m",
    "--iodepth=16",
    ...engine,
    "--end_fsync=1",
    "--output-format=json",
  ];
}

function measureCommand(parameters: FioParameters, file: string): readonly string[] {
  const { pattern, readPercent, blockBytes, depth, jobs, seconds, timeBased, warmUpSeconds } = parameters;
  return [
    "fio",
    `--name=${pattern}`,
    ...place(file, parameters),
    `--rw=${pattern}`,
    ...(pattern === "randrw" ? [`--rwmixread=${readPercent}`] : []),
    `--bs=${blockBytes}`,
    `--iodepth=${depth}`,
    `--numjobs=${jobs}`,
    ...engine,
    "--group_reporting",
    ...(seconds > 0 ? [`--runtime=${seconds}`] : []),
    ...(seconds > 0 && timeBased ? ["--time_based"] : []),
    ...(warmUpSeconds > 0 ? [`--ramp_time=${Math.round(warmUpSeconds * 1000)}ms`] : []),
    "--output-format=json+",
  ];
}

/** fio splits `filename` at colons. */
function escapeColons(path: string): string {
  return path.replaceAll(":", "\\:");
}

function reasons(parameters: FioParameters, facts: Facts, device?: DeviceRoom): readonly string[] {
  const { fileBytes, blockBytes, timeBased, seconds } = parameters;
  return [
    ...roomReasons(fileBytes, facts, device),
    ...(blockBytes > fileBytes ? ["fio's block is larger than its file."] : []),
    ...(timeBased && seconds === 0
      ? ["fio needs a duration when it is to go over the file until time is up."]
      : []),
  ];
}

function roomReasons(fileBytes: number, facts: Facts, device: DeviceRoom | undefined): readonly string[] {
  const size = bytesText(fileBytes);
  if (device !== undefined)
    return device.sizeBytes === null || fileBytes <= device.sizeBytes
      ? []
      : [`fio's region of ${size} does not fit on ${device.path}, which has ${bytesText(device.sizeBytes)}.`];
  // A tenth is left free: file systems slow down when they are full.
  return fileBytes <= 0.9 * facts.freeBytes
    ? []
    : [`fio's file of ${size} does not fit: ${facts.hostname} has ${bytesText(facts.freeBytes)} free.`];
}
