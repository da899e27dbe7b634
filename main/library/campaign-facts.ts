// Facts that a campaign keeps of its machines, as files below facts/.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Facts, factsSchema } from "#shared/model/facts.ts";
import type { Machine } from "#shared/model/lab.ts";

/** Facts that the campaign keeps of a host, or null where it was not probed yet. */
export async function keptFacts(
  campaignPath: string,
  machine: Machine,
  moment: "before" | "after",
): Promise<Facts | null> {
  return readFacts(campaignPath, `${machine}-${moment}`);
}

/** Facts of the inside of a slot's container or guest, or null where there are none. */
export async function keptEnvironmentFacts(campaignPath: string, slot: string): Promise<Facts | null> {
  return readFacts(campaignPath, slot);
}

export interface KeptFacts {
  /** Of the system under test before the campaign. */
  readonly sut: Facts | null;
  /** Of the insides of environments, by slot. */
  readonly environments: Readonly<Record<string, Facts>>;
}

/** All that can be read, by file name without its ending (`sut-before`, `kvm`): results do not depend on them, so a damaged file counts as none. */
export async function factsByName(campaignPath: string): Promise<Readonly<Record<string, Facts>>> {
  const names = await readdir(join(campaignPath, "facts")).catch(() => []);
  const read = await Promise.all(
    names
      .filter((name) => name.endsWith(".json"))
      .map(async (name) => {
        const base = name.slice(0, -".json".length);
        return [base, await readFacts(campaignPath, base).catch(() => null)] as const;
      }),
  );
  return Object.fromEntries(read.filter((entry): entry is [string, Facts] => entry[1] !== null));
}

/** What datasets are made with, of `factsByName`. */
export async function readableFacts(campaignPath: string): Promise<KeptFacts> {
  const { "sut-before": sut = null, ...others } = await factsByName(campaignPath);
  const environments = Object.entries(others).filter(
    ([name]) => !/^(sut|loadgen)-(before|after)$/.test(name),
  );
  return { sut, environments: Object.fromEntries(environments) };
}

async function readFacts(campaignPath: string, name: string): Promise<Facts | null> {
  const text = await readFile(join(campaignPath, "facts", `${name}.json`), "utf8").catch(() => null);
  return text === null ? null : factsSchema.parse(JSON.parse(text));
}
