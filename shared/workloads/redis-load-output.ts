// Reads the JSON line that redis-load prints: counts, sums and whole histograms of GET and SET.
import { z } from "zod";
import type { Distribution, Measurement, Reading } from "../model/measurement.ts";
import { percentile } from "./distribution.ts";
import { cutShort, largest, linesOf, schemaReason, unreadable } from "./output.ts";
import type { Line } from "./output.ts";
import { measureRedis, redisOperations } from "./redis-metrics.ts";
import type { RedisOperation } from "./redis-metrics.ts";

const count = z.number().int().nonnegative();

const tallySchema = z.strictObject({
  /** Replies inside the measured time. */
  count,
  /** All replies, those of the warm-up and after the end too. */
  total: count,
  sumNs: z.number().nonnegative().max(largest),
  minNs: count,
  maxNs: count,
  /** Middle of each bucket in ns, and the replies in it. */
  buckets: z.array(z.tuple([z.number().nonnegative().max(largest), count])),
});
type Tally = z.infer<typeof tallySchema>;

const outputSchema = z.strictObject({
  tool: z.literal("redis-load"),
  version: z.literal(1),
  clients: count,
  pipeline: count,
  seconds: z.number().min(1e-3).max(largest),
  warmUpSeconds: z.number().nonnegative().max(largest),
  getShare: z.number(),
  keys: count,
  valueBytes: count,
  errors: count,
  misses: count,
  /** CPU time of the generator's one thread, as a share of the measured time. */
  cpuShare: z.number().nonnegative().max(largest),
  get: tallySchema,
  set: tallySchema,
});

/** Above this the generator's one thread may have limited the load. */
const busyShare = 0.9;

/** One reading a measurement; the line that reports the filling of keys is passed over. */
export function loadReadings(text: string): readonly Reading[] {
  const lines = linesOf(text);
  const readings = lines
    .filter((line) => line.text.startsWith('{"tool":"redis-load"') && !line.text.includes('"filled":'))
    .map(readLine);
  if (readings.length === 0) throw cutShort("redis-load", "any result", lines);
  return readings;
}

function readLine(line: Line): Reading {
  let json: unknown;
  try {
    json = JSON.parse(line.text);
  } catch {
    throw unreadable("redis-load", "its JSON is damaged or cut", line);
  }
  const result = outputSchema.safeParse(json);
  if (!result.success) throw unreadable("redis-load", schemaReason(result.error), line);
  const data = result.data;
  const tallies = redisOperations
    .map((operation) => ({ operation, tally: data[operation] }))
    .filter(({ tally }) => tally.count > 0);
  const total = tallies.reduce((sum, { tally }) => sum + tally.count, 0);
  if (total === 0) throw unreadable("redis-load", "no reply came inside the measured time", line);
  const distributions = tallies.map(({ operation, tally }) => distributionOf(operation, tally, line));
  return {
    measurements: [
      measureRedis("throughput", total / data.seconds),
      ...tallies.map(({ operation, tally }) =>
        measureRedis(`${operation}-throughput`, tally.count / data.seconds),
      ),
      ...tallies.flatMap(({ operation, tally }, index) => latencies(operation, tally, distributions[index])),
    ],
    distributions,
    remarks: [
      `${data.clients} clients`,
      ...(data.errors > 0 ? [`${data.errors} requests were answered with an error`] : []),
      ...(data.misses > 0 ? [`${data.misses} of ${data.get.count} GETs found no value`] : []),
      ...(data.cpuShare > busyShare
        ? [
            `the load generator's one thread was busy ${Math.round(100 * data.cpuShare)} % of the time and may have limited the load`,
          ]
        : []),
    ],
  };
}

function distributionOf(operation: RedisOperation, tally: Tally, line: Line): Distribution {
  const { buckets } = tally;
  if (buckets.reduce((sum, [, replies]) => sum + replies, 0) !== tally.count)
    throw unreadable(
      "redis-load",
      `the buckets of ${operation} do not add up to its ${tally.count} replies`,
      line,
    );
  if (buckets.some(([value], index) => index > 0 && value <= (buckets[index - 1]?.[0] ?? 0)))
    throw unreadable("redis-load", `the buckets of ${operation} are not in ascending order`, line);
  return {
    metric: `${operation}-latency`,
    unit: "µs",
    values: buckets.map(([nanoseconds]) => nanoseconds / 1000),
    counts: buckets.map(([, replies]) => replies),
  };
}

function latencies(
  operation: RedisOperation,
  tally: Tally,
  distribution: Distribution | undefined,
): readonly Measurement[] {
  const quantiles = (
    [
      ["p50", 0.5],
      ["p99", 0.99],
    ] as const
  ).flatMap(([name, share]) => {
    const value = distribution === undefined ? null : percentile(distribution, share);
    return value === null ? [] : [measureRedis(`${operation}-latency-${name}`, value)];
  });
  return [measureRedis(`${operation}-latency-mean`, tally.sumNs / tally.count / 1000), ...quantiles];
}
