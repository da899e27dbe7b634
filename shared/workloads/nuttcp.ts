// nuttcp: TCP bulk transfer over one connection, in both directions, between the load generator and the environment.
import { z } from "zod";
import { TareError } from "../model/error.ts";
import type { Metric, Reading } from "../model/measurement.ts";
import { portSchema } from "../model/text.ts";
import type { Condition, Workload } from "../model/workload.ts";
import { measurer } from "./measure.ts";
import { cutShort, linesOf, onlyOne, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

const parametersSchema = z.strictObject({
  /** As the client on the load generator sees it: `transmit` sends to the SUT, `receive` gets from it. */
  direction: z.enum(["transmit", "receive"]),
  seconds: z.number().int().min(1).max(86_400),
  /** A transfer of its own before the measurement: nuttcp 6.1 cannot leave out its first seconds. 0: none. */
  warmUpSeconds: z.number().int().min(0).max(3600),
  /** Control connection. */
  port: portSchema,
  /** Data connection. When receiving, the server opens it back to this port of the load generator. */
  dataPort: portSchema,
});
export type NuttcpParameters = z.infer<typeof parametersSchema>;

const metrics: readonly Metric[] = [
  { name: "throughput", title: "TCP throughput", unit: "Gb/s", better: "higher", primary: true },
  { name: "retransmits", title: "Retransmitted segments", unit: "segments", better: "lower", primary: false },
  {
    name: "cpu-transmitter",
    title: "CPU of the transmitting process",
    unit: "%",
    better: "lower",
    primary: false,
  },
  { name: "cpu-receiver", title: "CPU of the receiving process", unit: "%", better: "lower", primary: false },
];
const measure = measurer(metrics);

const directions = ["transmit", "receive"] as const;

const conditions = (seconds: number, warmUpSeconds: number): readonly Condition[] =>
  directions.map((direction) => ({
    id: `nuttcp-${direction}`,
    label: direction === "transmit" ? "nuttcp, load generator to SUT" : "nuttcp, SUT to load generator",
    workload: "nuttcp",
    parameters: { direction, seconds, warmUpSeconds, port: 5100, dataPort: 5101 },
  }));

export const nuttcp: Workload<NuttcpParameters> = {
  name: "nuttcp",
  title: "nuttcp",
  summary:
    "Bulk transfer over one TCP connection, from the load generator to the SUT and back, measured with nuttcp.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics,
  // The paper's commands name no duration: nuttcp's own default is 10 s, and nothing was left out as warm-up.
  presets: { quick: conditions(1, 1), "as described": conditions(10, 2), "as run": conditions(10, 0) },
  network: true,
  needs: ({ port, dataPort }) => ({
    loadgenTools: ["nuttcp"],
    environmentTools: ["nuttcp"],
    ports: [
      { port, protocol: "tcp" },
      { port: dataPort, protocol: "tcp" },
    ],
    memoryBytes: 2 ** 25,
    diskBytes: 0,
  }),
  estimateSeconds: ({ seconds, warmUpSeconds }) => seconds + warmUpSeconds + (warmUpSeconds > 0 ? 0.4 : 0.2),
  check: ({ port, dataPort }) =>
    port === dataPort ? [`nuttcp's control and data port must differ; both are ${port}.`] : [],
  program: (parameters, { serverAddress }) => {
    const { port, dataPort, seconds, warmUpSeconds } = parameters;
    const ports = [`-P${port}`, `-p${dataPort}`];
    const client = (duration: number) => ({
      where: "loadgen" as const,
      argv: [
        "nuttcp",
        parameters.direction === "transmit" ? "-t" : "-r",
        "-fparse",
        `-T${duration}`,
        ...ports,
        serverAddress,
      ],
    });
    return {
      prepare: [],
      server: { where: "environment", argv: ["nuttcp", "-S", "--nofork", ...ports], readyPort: port },
      warmUp: warmUpSeconds > 0 ? [client(warmUpSeconds)] : [],
      measure: client(seconds),
      finish: [],
    };
  },
  parse: ({ stdout, stderr }) => {
    const reading = onlyOne(readingsOf(stdout), "nuttcp", linesOf(stdout));
    // Without its control connection nuttcp goes on by itself and knows only the sender's side.
    if (!stderr.includes("deprecated_classic_mode")) return reading;
    return {
      ...reading,
      remarks: [
        ...reading.remarks,
        "nuttcp fell back to its classic mode: the figures are the sender's alone",
      ],
    };
  },
  parseFile: (text) => {
    const readings = readingsOf(text);
    if (readings.length === 0) throw cutShort("nuttcp", "any result", linesOf(text));
    return readings;
  },
};

interface Transfer {
  readonly megabits: string;
  readonly transmitter: string;
  readonly receiver: string;
  readonly retransmits: string | undefined;
}

function readingsOf(text: string): readonly Reading[] {
  const readings: Reading[] = [];
  for (const line of linesOf(text)) {
    const transfer = parseableLine(line) ?? classicLine(line);
    if (transfer === null) continue;
    if (!line.complete) throw unreadable("nuttcp", "the last line has no end and may be cut", line);
    readings.push(readTransfer(transfer, line));
  }
  return readings;
}

/** `-fparse`: `megabytes=3356.1250 real_seconds=2.00 rate_Mbps=14081.5300 tx_cpu=97 rx_cpu=31 retrans=0 rtt_ms=0.23`. */
function parseableLine(line: Line): Transfer | null {
  // Interval reports (-i) have real_sec instead of real_seconds.
  if (!/\breal_seconds=/.test(line.text)) return null;
  const words = line.text.trim().split(/\s+/);
  const values = new Map(words.map((word) => [word.split("=")[0] ?? "", word.split("=")[1] ?? ""]));
  const get = (key: string): string => {
    const value = values.get(key);
    if (value === undefined) throw unreadable("nuttcp", `${key} is missing`, line);
    return value;
  };
  readAmount(get("megabytes"), "nuttcp", line);
  readAmount(get("real_seconds"), "nuttcp", line);
  return {
    megabits: get("rate_Mbps"),
    transmitter: get("tx_cpu"),
    receiver: get("rx_cpu"),
    retransmits: values.get("retrans"),
  };
}

/** One line for people: ` 3428.6250 MB /   2.00 sec = 14384.3923 Mbps 97 %TX 31 %RX 0 retrans 0.34 msRTT`. */
function classicLine(line: Line): Transfer | null {
  if (!/ %TX\b/.test(line.text)) return null;
  const found =
    /^\s*[\d.]+ MB \/ +[\d.]+ sec = +(\S+) Mbps (\S+) %TX (\S+) %RX(?: (\S+) (?:host-)?retrans)?(?: \S+ msRTT)?\s*$/.exec(
      line.text,
    );
  if (found === null) throw unreadable("nuttcp", "the line is not in nuttcp's brief format", line);
  const [, megabits = "", transmitter = "", receiver = "", retransmits] = found;
  return { megabits, transmitter, receiver, retransmits };
}

function readTransfer({ megabits, transmitter, receiver, retransmits }: Transfer, line: Line): Reading {
  const rate = readAmount(megabits, "nuttcp", line);
  if (rate === 0)
    throw new TareError("TOOL_FAILED", `nuttcp moved no data (line ${line.number} of its output).`);
  const again = retransmits === undefined ? null : readAmount(retransmits, "nuttcp", line);
  return {
    measurements: [
      measure("throughput", rate / 1000),
      ...(again === null ? [] : [measure("retransmits", again)]),
      measure("cpu-transmitter", readAmount(transmitter, "nuttcp", line)),
      measure("cpu-receiver", readAmount(receiver, "nuttcp", line)),
    ],
    distributions: [],
    remarks: again === null || again === 0 ? [] : [`${again} segments retransmitted`],
  };
}
