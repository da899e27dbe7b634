// MySQL: transactions of sysbench's OLTP test against one MariaDB or MySQL server, over a sweep of threads.
import { z } from "zod";
import type { Facts } from "../model/facts.ts";
import type { Measurement, Reading } from "../model/measurement.ts";
import { portSchema } from "../model/text.ts";
import type {
  Condition,
  HostCounters,
  ProgramStep,
  Surroundings,
  Workload,
  Writes,
} from "../model/workload.ts";
import { bytesText, memoryShortage } from "./measure.ts";
import { mostThreads, serverOptions } from "./mysql-options.ts";
import { cutShort, linesOf, onlyOne } from "./output.ts";
import { measureMysql, mysqlMetrics, sysbenchReadings } from "./sysbench-output.ts";

const parametersSchema = z.strictObject({
  /** 14 queries that read, in one transaction; `read-write`: and 4 that write. */
  transactions: z.enum(["read-only", "read-write"]),
  tables: z.number().int().min(1).max(64),
  /** Of each table. */
  rows: z.number().int().min(1).max(1_000_000_000),
  bufferPoolMiB: z.number().int().min(32).max(1_048_576),
  /** Connections of the load generator, each with one transaction under way. */
  threads: z.number().int().min(1).max(mostThreads),
  seconds: z.number().int().min(1).max(86_400),
  /** The same load before the measurement, not counted; before it all tables are read once. 0: neither. */
  warmUpSeconds: z.number().int().min(0).max(3600),
  port: portSchema,
});
export type MysqlParameters = z.infer<typeof parametersSchema>;
type Transactions = MysqlParameters["transactions"];

/** Figure 16's axis. */
const paperThreads = Array.from({ length: 15 }, (_, index) => 10 + 20 * index);

const port = 3406;
const mebibyte = 2 ** 20;

const short: Readonly<Record<Transactions, string>> = { "read-only": "ro", "read-write": "rw" };

const sweep = (
  transactions: Transactions,
  threads: readonly number[],
  rest: Pick<MysqlParameters, "rows" | "bufferPoolMiB" | "seconds" | "warmUpSeconds">,
): readonly Condition[] =>
  threads.map((count) => ({
    id: `mysql-${short[transactions]}-t${count}`,
    label: `MySQL ${transactions}, ${count} ${count === 1 ? "thread" : "threads"}`,
    workload: "mysql",
    parameters: { transactions, tables: 1, ...rest, threads: count, port },
  }));

const small = { rows: 10_000, bufferPoolMiB: 64, seconds: 1, warmUpSeconds: 1 };
const paper = { rows: 2_000_000, bufferPoolMiB: 3072, seconds: 60 };

export const mysql: Workload<MysqlParameters> = {
  name: "mysql",
  title: "MySQL",
  summary:
    "Transactions of sysbench's OLTP test against one MariaDB or MySQL server, over a sweep of the load generator's threads.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics: mysqlMetrics,
  presets: {
    quick: [...sweep("read-only", [1, 8, 32], small), ...sweep("read-write", [8], small)],
    // The paper's text: SELECT, UPDATE, DELETE and INSERT.
    "as described": sweep("read-write", paperThreads, { ...paper, warmUpSeconds: 10 }),
    // run.sh: --oltp-read-only=on, and all 750 reports that were plotted say so. It began each load at once, but on a server
    // that had all rows in its pool (it read practically nothing from disk): here each run starts one, whose pool is filled first.
    "as run": sweep("read-only", paperThreads, { ...paper, warmUpSeconds: 1 }),
  },
  network: true,
  needs: (parameters) => ({
    loadgenTools: ["sysbench"],
    environmentTools: ["mariadbd|mysqld", "sysbench"],
    ports: [{ port: parameters.port, protocol: "tcp" }],
    memoryBytes: memoryBytes(parameters),
    diskBytes: diskBytes(parameters),
  }),
  writes,
  // The first run of a session fills the tables, the others find them: with that every run has the time it may need.
  estimateSeconds: (parameters) =>
    3 +
    rowsOf(parameters) / 60_000 +
    copySeconds(parameters) +
    warmUpEstimate(parameters) +
    parameters.seconds,
  check,
  program: (parameters, surroundings) => {
    const { transactions, warmUpSeconds } = parameters;
    const { dataSet, copy } = folders(parameters, surroundings);
    const writes = transactions === "read-write";
    const server = `${surroundings.kernelFolder}/mysql-server.sh`;
    const stdin = serverOptions(parameters);
    const { tables, rows } = parameters;
    return {
      prepare: [
        {
          where: "environment",
          argv: [server, "data", dataSet, String(tables), String(rows), ...(writes ? [copy] : [])],
          stdin,
        },
      ],
      server: {
        where: "environment",
        argv: [server, "serve", writes ? copy : dataSet],
        stdin,
        readyPort: parameters.port,
      },
      warmUp:
        warmUpSeconds === 0
          ? []
          : [
              sysbench(parameters, surroundings, [`--threads=${tables}`, "prewarm"]),
              sysbench(parameters, surroundings, load(parameters, warmUpSeconds)),
            ],
      measure: sysbench(parameters, surroundings, load(parameters, parameters.seconds)),
      // A run that writes leaves nothing for the next one.
      finish: writes ? [{ where: "environment", argv: ["rm", "-rf", "--", copy] }] : [],
    };
  },
  derive,
  parse: ({ stdout }) => onlyOne(sysbenchReadings(stdout), "sysbench", linesOf(stdout)),
  parseFile: (text) => {
    const readings = sysbenchReadings(text);
    if (readings.length === 0) throw cutShort("sysbench", "any report", linesOf(text));
    return readings;
  },
};

/**
 * Host CPU as in Figure 17, and received packets for each transaction over all interfaces of the SUT: 16.0 natively and
 * with host networking, 48.0 behind NAT, 32.0 with KVM in the paper's data. By this number its series "Docker NAT volume"
 * turns out to have used host networking (dstat logs in mysql/results/performance-governor: pkt/total received a second
 * over transactions a second).
 */
function derive(
  _: MysqlParameters,
  { distributions }: Reading,
  counters: HostCounters,
): readonly Measurement[] {
  // The histogram holds each transaction once.
  const transactions = distributions[0]?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  return [
    measureMysql("host-cpu", 100 * counters.cpuBusy),
    ...(transactions === 0
      ? []
      : [measureMysql("packets-per-transaction", counters.receivedPackets / transactions)]),
  ];
}

function check(parameters: MysqlParameters, facts: Facts): readonly string[] {
  const disk = diskBytes(parameters);
  return [
    ...memoryShortage(
      `MySQL with a buffer pool of ${bytesText(parameters.bufferPoolMiB * mebibyte)}`,
      memoryBytes(parameters),
      facts.hostname,
      facts.memory.availableBytes,
    ),
    ...(disk <= facts.freeBytes
      ? []
      : [
          `MySQL's tables of ${rowsOf(parameters)} rows need ${bytesText(disk)}: ${facts.hostname} has ${bytesText(facts.freeBytes)} free.`,
        ]),
  ];
}

function rowsOf({ tables, rows }: MysqlParameters): number {
  return tables * rows;
}

/** MariaDB 10.11 takes some 100 MB besides its pool, InnoDB a tenth of the pool for keeping its books. */
function memoryBytes({ bufferPoolMiB, threads }: MysqlParameters): number {
  return mebibyte * Math.ceil(128 + 1.1 * bufferPoolMiB + threads / 2);
}

/** An empty server of MariaDB 10.11 takes 114 MB, a million rows 230 MB; runs that write work on a copy. */
function diskBytes(parameters: MysqlParameters): number {
  const copies = parameters.transactions === "read-write" ? 2 : 1;
  return copies * dataSetBytes(parameters);
}

function dataSetBytes(parameters: MysqlParameters): number {
  return 160 * mebibyte + 260 * rowsOf(parameters);
}

/** The data set as large as it ends up; its server's log and double writes come on top. What transactions write is not known. */
function writes(parameters: MysqlParameters): Writes {
  const { transactions, tables, rows, seconds, warmUpSeconds } = parameters;
  const set = dataSetBytes(parameters);
  const changes = transactions === "read-write";
  return {
    bytes: changes ? set : 0,
    shared: { key: `mysql-${tables}x${rows}`, bytes: set },
    timed: null,
    serverSeconds: changes ? seconds + warmUpSeconds : 0,
  };
}

function copySeconds(parameters: MysqlParameters): number {
  return parameters.transactions === "read-write" ? diskBytes(parameters) / 1e9 : 0;
}

function warmUpEstimate(parameters: MysqlParameters): number {
  const { warmUpSeconds } = parameters;
  return warmUpSeconds === 0 ? 0 : 0.2 + rowsOf(parameters) / 500_000 + warmUpSeconds;
}

/** Folders inside the environment; the session's end removes them. */
function folders({ tables, rows }: MysqlParameters, { dataFolder }: Surroundings) {
  return { dataSet: `${dataFolder}/mysql-${tables}x${rows}`, copy: `${dataFolder}/mysql-run` };
}

/** `special`, the distribution of the paper's version: 75 % of the accesses go to 1 % of the rows. */
function load({ threads }: MysqlParameters, seconds: number): readonly string[] {
  return [
    `--threads=${threads}`,
    `--time=${seconds}`,
    "--events=0",
    "--rand-type=special",
    "--percentile=95",
    "--histogram=on",
    "run",
  ];
}

function sysbench(
  { transactions, tables, rows, port: serverPort }: MysqlParameters,
  { serverAddress }: Surroundings,
  rest: readonly string[],
): ProgramStep {
  return {
    where: "loadgen",
    argv: [
      "sysbench",
      transactions === "read-only" ? "oltp_read_only" : "oltp_read_write",
      "--db-driver=mysql",
      `--mysql-host=${serverAddress}`,
      `--mysql-port=${serverPort}`,
      // Of a server that lives as long as the run and holds generated rows: see mysql-server.sh.
      "--mysql-user=tare",
      "--mysql-password=tare",
      "--mysql-db=sbtest",
      `--tables=${tables}`,
      `--table-size=${rows}`,
      ...rest,
    ],
  };
}
