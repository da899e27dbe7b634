// What `npm run bench` is asked: which sections, how many pairs, which order, where the figures go.
import { parseArgs } from "node:util";
import { configurationPresets } from "#shared/environments/presets.ts";
import { type WorkloadName, workloadNames } from "#shared/model/workload.ts";

export const sectionNames = [
  "by-hand",
  "overhead",
  "sampler",
  "library",
  "window",
  "figures",
  "bytes",
] as const;
export type SectionName = (typeof sectionNames)[number];

const configurationIds = configurationPresets.map(({ configuration }) => configuration.id);

export interface BenchOptions {
  readonly only: readonly SectionName[];
  /** Ids of configuration presets in which by hand is compared. */
  readonly environments: readonly string[];
  /** Workloads that are compared by hand. */
  readonly workloads: readonly WorkloadName[];
  /** All conditions of their quick presets, not the last of each alone. */
  readonly all: boolean;
  /** Pairs of each comparison, and runs of each cell where nothing is compared. */
  readonly pairs: number;
  /** How long each measured program runs, where it can be told. */
  readonly seconds: number;
  /** Starts of the window, for each library. */
  readonly starts: number;
  /** Sizes of the libraries. */
  readonly campaigns: readonly number[];
  readonly seed: number;
  /** File for the figures as JSON; null: none is written. */
  readonly out: string | null;
}

export const usage = `npm run bench -- [options]
  --only LIST      sections, separated by commas: ${sectionNames.join(", ")} (default: all)
  --environments LIST  where by hand is compared: ${configurationIds.join(", ")}
                   (default native, docker-host, kvm)
  --workloads LIST what is compared by hand: ${workloadNames.join(", ")} (default: all)
  --all            all conditions of their quick presets by hand, not the last of each alone
  --pairs N        pairs of each comparison, runs of each cell (default 7)
  --seconds N      how long each measured program runs (default 2)
  --starts N       starts of the window for each library (default 5)
  --campaigns LIST sizes of the libraries (default 10,100,1000)
  --seed N         seed of the order (default 1)
  --out FILE       also writes the figures to FILE as JSON, for example test/bench/results/2026-11-24.json
`;

/** Throws an Error that says which option cannot be used. */
export function benchOptions(argv: readonly string[]): BenchOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: text,
      environments: text,
      workloads: text,
      all: { type: "boolean" },
      pairs: text,
      seconds: text,
      starts: text,
      campaigns: text,
      seed: text,
      out: text,
    },
  });
  const whole = (name: "pairs" | "seconds" | "starts" | "seed", otherwise: number, least: number) => {
    const number = Number(values[name] ?? otherwise);
    if (!Number.isInteger(number) || number < least)
      throw new Error(`--${name} takes a whole number from ${least} on, not ${values[name]}.`);
    return number;
  };
  return {
    only: listOf("only", values.only, sectionNames, sectionNames),
    environments: listOf("environments", values.environments, configurationIds, [
      "native",
      "docker-host",
      "kvm",
    ]),
    workloads: listOf("workloads", values.workloads, workloadNames, workloadNames),
    all: values.all === true,
    pairs: whole("pairs", 7, 1),
    seconds: whole("seconds", 2, 1),
    starts: whole("starts", 5, 1),
    campaigns: sizesOf(values.campaigns ?? "10,100,1000"),
    seed: whole("seed", 1, 0),
    out: values.out ?? null,
  };
}

function sizesOf(text: string): readonly number[] {
  return text.split(",").map((word) => {
    const size = Number(word);
    if (Number.isInteger(size) && size > 0) return size;
    throw new Error(`--campaigns takes whole numbers from 1 on, separated by commas, not ${text}.`);
  });
}

function listOf<Name extends string>(
  option: string,
  text: string | undefined,
  names: readonly Name[],
  otherwise: readonly Name[],
): readonly Name[] {
  if (text === undefined) return otherwise;
  return text.split(",").map((word) => {
    const found = names.find((name) => name === word.trim());
    if (found === undefined)
      throw new Error(
        `--${option} takes ${names.join(", ")}, separated by commas; "${word}" is none of them.`,
      );
    return found;
  });
}
