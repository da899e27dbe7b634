// netperf: request and response, one at a time, over TCP and over UDP, between the load generator and the environment.
import { z } from "zod";
import { TareError } from "../model/error.ts";
import type { Metric, Reading } from "../model/measurement.ts";
import { portSchema } from "../model/text.ts";
import type { Condition, ProgramStep, Workload } from "../model/workload.ts";
import { measurer } from "./measure.ts";
import { cutShort, linesOf, onlyOne, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

const parametersSchema = z.strictObject({
  protocol: z.enum(["tcp", "udp"]),
  requestBytes: z.number().int().min(1).max(65_000),
  responseBytes: z.number().int().min(1).max(65_000),
  seconds: z.number().int().min(1).max(86_400),
  /** A test of its own before the measurement; netperf leaves nothing out itself. 0: none. */
  warmUpSeconds: z.number().int().min(0).max(3600),
  /** Control connection, TCP. */
  port: portSchema,
  /** Where the server takes the requests, so that it can be published where the network is behind NAT. */
  dataPort: portSchema,
});
export type NetperfParameters = z.infer<typeof parametersSchema>;

const latencies = [
  ["mean", "mean", "MEAN_LATENCY"],
  ["p50", "median", "P50_LATENCY"],
  ["p90", "90th percentile", "P90_LATENCY"],
  ["p99", "99th percentile", "P99_LATENCY"],
  ["min", "minimum", "MIN_LATENCY"],
  ["max", "maximum", "MAX_LATENCY"],
  ["stdev", "standard deviation", "STDDEV_LATENCY"],
] as const;

const metrics: readonly Metric[] = [
  { name: "rate", title: "Transactions", unit: "1/s", better: "higher", primary: true },
  ...latencies.map(([name, title]): Metric => ({
    name: `latency-${name}`,
    title: `Round trip, ${title}`,
    unit: "µs",
    better: "lower",
    // The figure of the paper shows the mean.
    primary: name === "mean",
  })),
];
const measure = measurer(metrics);

/** netperf's output selectors in the order in which they are asked for; it prints each as NAME=value. */
const selectors = [
  "TRANSACTION_RATE",
  ...latencies.map(([, , selector]) => selector),
  "ELAPSED_TIME",
] as const;
const [first, last] = ["TRANSACTION_RATE", "ELAPSED_TIME"] as const;
type Selector = (typeof selectors)[number];

const protocols = ["tcp", "udp"] as const;

const conditions = (seconds: number, warmUpSeconds: number): readonly Condition[] =>
  protocols.map((protocol) => ({
    id: `netperf-${protocol}`,
    label: `netperf ${protocol.toUpperCase()}_RR, 100 and 200 bytes`,
    workload: "netperf",
    parameters: {
      protocol,
      requestBytes: 100,
      responseBytes: 200,
      seconds,
      warmUpSeconds,
      port: 12_965,
      dataPort: 12_966,
    },
  }));

export const netperf: Workload<NetperfParameters> = {
  name: "netperf",
  title: "netperf",
  summary:
    "Round trips of a request of 100 and a response of 200 bytes, one at a time, over TCP and UDP, measured with netperf.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics,
  // The paper's script: five times `netperf -l 60 -H IP -t TCP_RR|UDP_RR -- -r 100,200`, nothing before it.
  presets: { quick: conditions(1, 1), "as described": conditions(60, 2), "as run": conditions(60, 0) },
  network: true,
  needs: ({ protocol, port, dataPort }) => ({
    loadgenTools: ["netperf"],
    environmentTools: ["netserver"],
    ports: [
      { port, protocol: "tcp" },
      { port: dataPort, protocol },
    ],
    memoryBytes: 2 ** 25,
    diskBytes: 0,
  }),
  estimateSeconds: ({ seconds, warmUpSeconds }) => seconds + warmUpSeconds + 0.3,
  check: ({ port, dataPort }) =>
    port === dataPort ? [`netperf's control and data port must differ; both are ${port}.`] : [],
  program: (parameters, { serverAddress }) => {
    const { port, seconds, warmUpSeconds } = parameters;
    return {
      prepare: [],
      // In the foreground, so that it ends with its job.
      server: {
        where: "environment",
        argv: ["netserver", "-4", "-D", "-p", String(port)],
        readyPort: port,
      },
      warmUp: warmUpSeconds > 0 ? [client(parameters, serverAddress, warmUpSeconds)] : [],
      measure: client(parameters, serverAddress, seconds),
      finish: [],
    };
  },
  parse: ({ stdout }) => onlyOne(readingsOf(stdout), "netperf", linesOf(stdout)),
  parseFile: (text) => {
    const readings = readingsOf(text);
    if (readings.length === 0) throw cutShort("netperf", "any result", linesOf(text));
    return readings;
  },
};

/** `-P ,PORT` fixes the server's end of the data connection. */
function client(parameters: NetperfParameters, serverAddress: string, seconds: number): ProgramStep {
  const { protocol, requestBytes, responseBytes, port, dataPort } = parameters;
  const test = ["-H", serverAddress, "-p", String(port), "-t", `${protocol.toUpperCase()}_RR`];
  return {
    where: "loadgen",
    argv: [
      "netperf",
      "-4",
      // No banner.
      "-P",
      "0",
      ...test,
      "-l",
      String(seconds),
      "--",
      "-r",
      `${requestBytes},${responseBytes}`,
      "-P",
      `,${dataPort}`,
      "-k",
      selectors.join(","),
    ],
  };
}

type Values = Map<Selector, number>;

/** A result begins with the first selector and ends with the last. */
function readingsOf(text: string): readonly Reading[] {
  const readings: Reading[] = [];
  const lines = linesOf(text);
  let values: Values | null = null;
  for (const line of lines) {
    const found = selected(line);
    if (found === null) continue;
    const { selector, value } = found;
    if (!line.complete) throw unreadable("netperf", "the last line has no end and may be cut", line);
    if (selector === first && values === null) values = new Map();
    else if (values === null || values.has(selector) || selector === first)
      throw unreadable("netperf", `${selector} is not in its place`, line);
    values.set(selector, readAmount(value, "netperf", line));
    if (selector !== last) continue;
    readings.push(readingOf(values, line));
    values = null;
  }
  if (values !== null) throw cutShort("netperf", last, lines);
  return readings;
}

function selected({ text }: Line): { readonly selector: Selector; readonly value: string } | null {
  const at = text.indexOf("=");
  const selector = selectors.find((name) => name === text.slice(0, Math.max(at, 0)));
  return selector === undefined ? null : { selector, value: text.slice(at + 1) };
}

function readingOf(values: Values, end: Line): Reading {
  const get = (selector: Selector): number => {
    const value = values.get(selector);
    if (value === undefined) throw unreadable("netperf", `${selector} is missing`, end);
    return value;
  };
  const rate = get(first);
  if (rate === 0)
    throw new TareError(
      "TOOL_FAILED",
      `netperf completed no transaction (line ${end.number} of its output).`,
    );
  // One transaction is under way at any time: where its times add up to less than the test, one was lost or stood still.
  const under = (rate * get("MEAN_LATENCY")) / 1e6;
  return {
    measurements: [
      measure("rate", rate),
      ...latencies.map(([name, , selector]) => measure(`latency-${name}`, get(selector))),
    ],
    distributions: [],
    remarks:
      under >= 0.95
        ? []
        : [
            `the round trips add up to ${Math.round(100 * under)} % of the test: the rest passed without one, as after a lost packet`,
          ],
  };
}
