// However an output is damaged, a parser gives the right reading or says which line it could not read; never anything else.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TareError } from "#shared/model/error.ts";
import type { Reading } from "#shared/model/measurement.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { bound, fixture } from "./samples.ts";

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly parse: (text: string) => readonly Reading[];
}

const once = (condition: ReturnType<typeof bound>) => (text: string) => [
  condition.parse({ stdout: text, stderr: "" }),
];

const fioText = `job: (g=0): rw=randrw, bs=4K-4K/4K-4K, ioengine=libaio, iodepth=32
2.0.8
job: (groupid=0, jobs=8): err= 0: pid=9558
  read : io=17156MB, bw=292710KB/s, iops=73177 , runt= 60018msec
    clat (usec): min=83 , max=16743 , avg=2427.51, stdev=659.63
    clat percentiles (usec):
     |  1.00th=[  548],  5.00th=[ 1112], 10.00th=[ 1512], 50.00th=[ 2416],
     | 99.00th=[ 4448], 99.50th=[ 4768], 99.90th=[ 5536], 99.95th=[ 5984],
  write: io=7354.8MB, bw=125508KB/s, iops=31376 , runt= 60006msec
    clat (msec): min=1 , max=39 , avg=21.66, stdev= 3.13
    clat percentiles (msec):
     | 50.00th=[   22], 99.00th=[   41],
  cpu          : usr=3.63%, sys=8.47%, ctx=17254, majf=0, minf=615
     issued    : total=r=4391942/w=1882801/d=0, short=r=0/w=0/d=0
`;

const xlinpackText = `Intel(R) Optimized LINPACK Benchmark data

Number of cores: 4
Number of threads: 4

Number of equations to solve (problem size) : 1000
Leading dimension of array                  : 1000
Number of trials to run                     : 3    
Data alignment value (in Kbytes)            : 4    

=================== Timing linear equation system solver ===================

Size   LDA    Align. Time(s)    GFlops   Residual     Residual(norm) Check
1000   1000   4      0.016      42.4012  1.165956e-12 3.976255e-02   pass
1000   1000   4      0.008      83.1234  1.165956e-12 3.976255e-02   pass
1000   1000   4      0.008      82.9010  1.165956e-12 3.976255e-02   pass

Performance Summary (GFlops)

Size   LDA    Align.  Average  Maximal
1000   1000   4       69.4752  83.1234

Residual checks PASSED

End of tests
`;

const gupsText = `Running gups with numaopts <  --physcpubind=0-31 --interleave=0,1  >, started at Sat Jul 12 11:19:40 CDT 2014
Generated on 2014-07-12:16:19:40 GMT
Main table size   = 2^33 = 8589934592 words
Number of updates = 1000000000
CPU time used  = 80.000001 seconds
Real time used = 80.000000 seconds
0.012500000 Billion(10^9) Updates    per second [GUP/s]
Found 1 errors in 8589934592 locations (passed).
`;

const sysbench04 = `sysbench 0.4.12:  multi-threaded system evaluation benchmark

Running the test with following options:
Number of threads: 10

Doing OLTP test.
Running mixed OLTP test
Doing read-only test
OLTP test statistics:
    queries performed:
        read:                            1765106
        write:                           0
        other:                           252158
        total:                           2017264
    transactions:                        126079 (2101.18 per sec.)
    deadlocks:                           0      (0.00 per sec.)
    read/write requests:                 1765106 (29416.47 per sec.)

Test execution summary:
    total time:                          60.0040s
    total number of events:              126079
    per-request statistics:
         min:                                  2.66ms
         avg:                                  4.75ms
         max:                                 42.38ms
         approx.  95 percentile:               5.57ms

Threads fairness:
    events (avg/stddev):           12607.9000/321.71
    execution time (avg/stddev):   59.8959/0.00
`;

const samples: readonly Sample[] = [
  { name: "LINPACK", text: fixture("linpack/tare.txt"), parse: once(bound("linpack", "quick", "linpack")) },
  { name: "xlinpack", text: xlinpackText, parse: once(bound("linpack", "quick", "linpack")) },
  ...(["hpcc", "paper"] as const).map((variant) => ({
    name: `RandomAccess ${variant}`,
    text: fixture(`randomaccess/${variant}.txt`),
    parse: once(bound("randomaccess", "quick", `randomaccess-${variant}`)),
  })),
  {
    name: "the paper's RandomAccess",
    text: gupsText,
    parse: (text) => workloads.randomaccess.parseFile(text),
  },
  { name: "STREAM", text: fixture("stream/tare.txt"), parse: once(bound("stream", "quick", "stream")) },
  {
    name: "nuttcp -fparse",
    text: fixture("nuttcp/transmit-parse.txt"),
    parse: once(bound("nuttcp", "quick", "nuttcp-transmit")),
  },
  {
    name: "nuttcp's brief line",
    text: fixture("nuttcp/receive-classic.txt"),
    parse: once(bound("nuttcp", "quick", "nuttcp-receive")),
  },
  {
    name: "fio json+",
    text: fixture("fio/randrw-json-plus.txt"),
    parse: once(bound("fio", "quick", "fio-randrw-d16")),
  },
  {
    name: "netperf",
    text: fixture("netperf/tcp-keys.txt"),
    parse: once(bound("netperf", "quick", "netperf-tcp")),
  },
  {
    name: "sysbench 1.0",
    text: fixture("mysql/read-write.txt"),
    parse: once(bound("mysql", "quick", "mysql-rw-t8")),
  },
  {
    name: "sysbench 0.4.12",
    text: sysbench04,
    parse: (text) => workloads.mysql.parseFile(text),
  },
  { name: "fio's text", text: fioText, parse: (text) => workloads.fio.parseFile(text) },
  {
    name: "redis-load",
    text: fixture("redis/redis-load.txt"),
    parse: once(bound("redis", "quick", "redis-c1")),
  },
  {
    name: "redis-benchmark",
    text: fixture("redis/redis-benchmark-7.0.txt"),
    parse: once(bound("redis", "as run", "redis-c10")),
  },
];

/** The readings, or null where the parser refused the text as it should: with a readable TareError. */
function attempt({ parse }: Sample, text: string): readonly Reading[] | null {
  try {
    const readings = parse(text);
    for (const { measurements, distributions } of readings) {
      const numbers = [
        ...measurements.map(({ value }) => value),
        ...distributions.flatMap(({ values, counts }) => values.concat(counts)),
      ];
      expect(measurements.length).toBeGreaterThan(0);
      expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
    return readings;
  } catch (error) {
    if (!(error instanceof TareError)) throw error;
    expect(["OUTPUT_UNREADABLE", "TOOL_FAILED"]).toContain(error.code);
    expect(error.message).toMatch(/^[^\n]+$/);
    expect(error.message).not.toContain("undefined");
    return null;
  }
}

function damagedLinesName(sample: Sample, text: string): void {
  const readings = attempt(sample, text);
  if (readings !== null) expect(readings).toEqual(sample.parse(sample.text));
}

const runs = { numRuns: 300 };

test.each(samples)("$name: whole, with CRLF and without its last end of line", (sample) => {
  expect(attempt(sample, sample.text)).not.toBeNull();
  expect(attempt(sample, sample.text.replaceAll("\n", "\r\n"))).toEqual(sample.parse(sample.text));
  expect(() => sample.parse("")).toThrow(/cannot be read: it is empty/);
});

test.each(samples)("$name: cut at any byte, it is refused or read as if it were whole", (sample) => {
  const cuts = fc.nat({ max: sample.text.length - 1 });
  fc.assert(
    fc.property(cuts, (cut) => damagedLinesName(sample, sample.text.slice(0, cut))),
    runs,
  );
  // The end, where a cut number still looks like one, byte by byte.
  for (let cut = Math.max(0, sample.text.length - 150); cut < sample.text.length; cut += 1)
    damagedLinesName(sample, sample.text.slice(0, cut));
});

test.each(samples)("$name: lines of other programs between its own change nothing", (sample) => {
  const lines = sample.text.split("\n");
  const foreign = fc.oneof(
    fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n]/g, " ")),
    fc.constantFrom(
      "Warning: Permanently added '198.18.0.1' (ED25519) to the list of known hosts.",
      "Get:1 http://archive.ubuntu.com saucy Release [49.6 kB]",
      "[  12.345678] systemd[1]: Started Session 3 of user root.",
    ),
  );
  fc.assert(
    fc.property(fc.nat({ max: lines.length }), foreign, (at, text) => {
      damagedLinesName(sample, lines.toSpliced(at, 0, text).join("\n"));
    }),
    runs,
  );
});

test.each(samples)("$name: decimal commas are refused, never read as another number", (sample) => {
  const comma = sample.text.replaceAll(/(\d)\.(\d)/g, "$1,$2");
  damagedLinesName(sample, comma);
});

test.each(samples)("$name: huge, negative and non-numbers are refused or stay finite", (sample) => {
  const numbers = [...sample.text.matchAll(/\d+(\.\d+)?/g)];
  const strange = fc.constantFrom("9".repeat(400), "1e999", "-1", "-nan", "inf", "0x10", "", "1e308", "NaN");
  fc.assert(
    fc.property(fc.nat({ max: numbers.length - 1 }), strange, (which, text) => {
      const number = numbers[which];
      if (number === undefined) return;
      const before = sample.text.slice(0, number.index);
      attempt(sample, before + text + sample.text.slice(number.index + number[0].length));
    }),
    runs,
  );
});

test.each(samples)("$name: any byte replaced or any text at all gives a reading or a refusal", (sample) => {
  fc.assert(
    fc.property(
      fc.nat({ max: sample.text.length - 1 }),
      fc.string({ maxLength: 3, unit: "binary" }),
      (at, text) => {
        attempt(sample, sample.text.slice(0, at) + text + sample.text.slice(at + 1));
      },
    ),
    runs,
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      attempt(sample, text);
    }),
    runs,
  );
});
