// Labs on the laptop: one JSON file a lab, and beside it the facts of its hosts as they were last probed. No secrets.
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LabFacts } from "#shared/contract/labs.ts";
import { type Failure, TareError } from "#shared/model/error.ts";
import { factsSchema, type Facts } from "#shared/model/facts.ts";
import { type HostRole, type Lab, hostRoles, labSchema } from "#shared/model/lab.ts";
import { writeFileAtomic } from "./atomic-file.ts";

export interface LabStore {
  /** All labs by name, and a failure for each file that cannot be read. */
  list(): Promise<{ labs: Lab[]; errors: Failure[] }>;
  /** Throws TareError NOT_FOUND. */
  get(labId: string): Promise<Lab>;
  save(lab: Lab): Promise<Lab>;
  remove(labId: string): Promise<void>;
  facts(labId: string): Promise<LabFacts>;
  saveFacts(labId: string, role: HostRole, facts: Facts): Promise<void>;
}

/** Labs below a folder, made at the first save. */
export function createLabStore(folder: string): LabStore {
  const fileOf = (labId: string) => join(folder, `${labId}.json`);
  const factsOf = (labId: string, role: HostRole) => join(folder, "facts", `${labId}-${role}.json`);

  async function list(): Promise<{ labs: Lab[]; errors: Failure[] }> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    });
    const labs: Lab[] = [];
    const errors: Failure[] = [];
    for (const name of names.filter((each) => each.endsWith(".json"))) {
      const path = join(folder, name);
      try {
        labs.push(labSchema.parse(JSON.parse(await readFile(path, "utf8"))));
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        errors.push({ code: "INPUT_INVALID", message: `The lab file ${path} cannot be read.`, detail });
      }
    }
    labs.sort((a, b) => a.name.localeCompare(b.name));
    return { labs, errors };
  }

  return {
    list,
    async get(labId) {
      const lab = (await list()).labs.find((each) => each.id === labId);
      if (lab === undefined) throw new TareError("NOT_FOUND", `There is no lab ${labId}.`);
      return lab;
    },
    async save(lab) {
      await writeFileAtomic(fileOf(lab.id), `${JSON.stringify(lab, null, 2)}\n`, 0o600);
      return lab;
    },
    async remove(labId) {
      await rm(fileOf(labId), { force: true });
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
