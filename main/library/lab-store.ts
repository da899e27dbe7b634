// Labs on the laptop: one JSON file a lab, and beside it the facts of its hosts as they were last probed. No secrets.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LabFacts } from "#shared/contract/labs.ts";
import { type Failure, TareError } from "#shared/model/error.ts";
import { factsSchema, type Facts } from "#shared/model/facts.ts";
import { type HostRole, type Lab, hostRoles, labSchema } from "#shared/model/lab.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import { createJsonStore } from "./json-store.ts";

export interface LabStore {
  /** All labs by name, and a failure for each file that cannot be read. */
  list(): Promise<{ labs: Lab[]; errors: Failure[] }>;
  /** Throws TareError NOT_FOUND. */
  get(labId: string): Promise<Lab>;
  /** Throws TareError INPUT_INVALID rather than overwrite a file that cannot be read. */
  save(lab: Lab): Promise<Lab>;
  remove(labId: string): Promise<void>;
  facts(labId: string): Promise<LabFacts>;
  saveFacts(labId: string, role: HostRole, facts: Facts): Promise<void>;
}

/** Labs below a folder, made at the first save. */
export function createLabStore(folder: string): LabStore {
  const store = createJsonStore({ folder, schema: labSchema, noun: "lab" });
  const factsOf = (labId: string, role: HostRole) => join(folder, "facts", `${labId}-${role}.json`);

  async function list(): Promise<{ labs: Lab[]; errors: Failure[] }> {
    const { items, errors } = await store.list();
    return { labs: items.sort((a, b) => a.name.localeCompare(b.name)), errors };
  }

  return {
    list,
    async get(labId) {
      const lab = (await list()).labs.find((each) => each.id === labId);
      if (lab === undefined) throw new TareError("NOT_FOUND", `There is no lab ${labId}.`);
      return lab;
    },
    save: (lab) => store.save(lab),
    async remove(labId) {
      await store.remove(labId);
      for (const role of hostRoles) await rm(factsOf(labId, role), { force: true });
    },
    async facts(labId) {
      return {
        sut: await readFacts(factsOf(labId, "sut")),
        loadgen: await readFacts(factsOf(labId, "loadgen")),
      };
    },
    async saveFacts(labId, role, facts) {
      await writeFileAtomic(factsOf(labId, role), `${JSON.stringify(facts, null, 2)}\n`);
    },
  };
}

/** Facts as they were stored; null where there are none, or those of another version: the lab is then probed anew. */
async function readFacts(path: string): Promise<Facts | null> {
  try {
    return factsSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    // Facts are a cache of what the hosts say.
    return null;
  }
}
