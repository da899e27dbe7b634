// The commands of one run, made of any workload in any environment.
import { expect, test } from "vitest";
import type { Environment, EnvironmentContext } from "#shared/environments/environment.ts";
import { runCommands, surroundingsOf } from "#shared/plan/run-commands.ts";
import { conditions, native, sampleCampaign } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";
import { sampleWorkloads } from "../sample-workloads.ts";

const context: EnvironmentContext = {
  campaignId: "c",
  slot: "native",
  configuration: native,
  lab: sampleCampaign().lab,
  facts: sampleFacts(),
  userlandFolder: "/u",
  kernelFolder: "/k",
  dataFolder: "/d",
  scripts: {},
  ports: [],
  accelerator: "none",
};

const environment: Environment = {
  name: "native",
  title: "Native",
  machine: "sut",
  check: () => [],
  changes: () => [],
  enter: (_, argv) => ({ argv: ["enter", ...argv], root: true }),
  serverAddress: () => "198.18.1.2",
  device: () => null,
  cpus: () => 2,
};

const [stream, redis] = conditions;
const surroundings = surroundingsOf(environment, context, "/loadgen kernels");

const load = (seconds: string) => ({ argv: ["/loadgen kernels/redis-load", "-t", seconds, "198.18.1.2"] });

test("a run's programs come in order, on their machines, with limits far above the estimate", () => {
  if (redis === undefined) throw new Error("no condition");
  const parts = { workload: sampleWorkloads.redis, condition: redis, environment, context, surroundings };
  const commands = runCommands(parts);
  const rest = { program: "redis-load", machine: "loadgen", timeLimitSeconds: 110 };
  expect(commands).toEqual([
    {
      phase: "server",
      machine: "sut",
      command: { argv: ["enter", "redis-server", "--port", "6379"], root: true },
      program: "redis-server",
      okStatus: [0],
      timeLimitSeconds: 330,
      readyPort: 6379,
    },
    { phase: "warm-up", command: load("1"), okStatus: [0], ...rest },
    { phase: "measure", command: load("10"), okStatus: [0, 2], ...rest },
    {
      phase: "finish",
      machine: "sut",
      command: { argv: ["enter", "rm", "-f", "/data/dump.rdb"], root: true, stdin: "" },
      program: "rm",
      okStatus: [0],
      timeLimitSeconds: 110,
    },
  ]);
});

test("under emulation a program has ten times as long", () => {
  if (stream === undefined) throw new Error("no condition");
  const emulated = { ...context, accelerator: "tcg" } as const;
  const parts = { workload: sampleWorkloads.stream, condition: stream, environment, surroundings };
  expect(runCommands({ ...parts, context: emulated })[0]?.timeLimitSeconds).toBe(1100);
});
