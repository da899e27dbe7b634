// What was changed on hosts without a campaign, on this computer: a journal a lab, and the facts from before each time of applying.
import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChangeRecord } from "#shared/model/change.ts";
import type { Failure } from "#shared/model/error.ts";
import { type Facts, factsSchema } from "#shared/model/facts.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { asDiskError, writeFileAtomic } from "./atomic-file.ts";

export interface ByHandStore {
  /** One line more; on disk once it resolves. Throws TareError DISK_FULL. */
  append(labId: string, record: ChangeRecord, failure?: Failure): Promise<void>;
  saveFacts(labId: string, campaignId: string, role: HostRole, facts: Facts): Promise<void>;
  /** Facts from before what was applied under this id; null where there are none that can be read. */
  facts(labId: string, campaignId: string, role: HostRole): Promise<Facts | null>;
  /** Ids under which something was applied to the host, the latest first. */
  applied(labId: string, role: HostRole): Promise<readonly string[]>;
}

/** Below a folder (`Paths.byHand`), made at the first line. */
export function createByHandStore(folder: string): ByHandStore {
  const factsFolder = (labId: string) => join(folder, labId, "facts");
  const factsFile = (labId: string, campaignId: string, role: HostRole) =>
    join(factsFolder(labId), `${campaignId}-${role}.json`);

  return {
    async append(labId, record, failure) {
      const path = join(folder, labId, "changes.jsonl");
      try {
        await mkdir(join(folder, labId), { recursive: true });
        const file = await open(path, "a");
        try {
          await file.writeFile(`${JSON.stringify({ record, failure })}\n`);
          await file.sync();
        } finally {
          await file.close();
        }
      } catch (error) {
        throw asDiskError(error, path);
      }
    },
    saveFacts: (labId, campaignId, role, facts) =>
      writeFileAtomic(factsFile(labId, campaignId, role), `${JSON.stringify(facts, null, 2)}\n`),
    async facts(labId, campaignId, role) {
      try {
        return factsSchema.parse(JSON.parse(await readFile(factsFile(labId, campaignId, role), "utf8")));
      } catch {
        // Absent, or of another version: there is nothing to compare with then.
        return null;
      }
    },
    async applied(labId, role) {
      const ending = `-${role}.json`;
      const names = await readdir(factsFolder(labId)).catch(() => []);
      return names
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length))
        .toSorted()
        .toReversed();
    },
  };
}
