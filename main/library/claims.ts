// The paper's claims, judged on a campaign of the library or on the paper's own data.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { claimFileSchema, type Claim } from "#shared/claims/claim-file.ts";
import { judgeClaims } from "#shared/claims/judge-claims.ts";
import type { ClaimJudgement, Labelling } from "#shared/model/claim.ts";
import { TareError } from "#shared/model/error.ts";
import type { Paths } from "../paths.ts";
import { readDatasets, readDistributions } from "./datasets.ts";
import { readPaper } from "./paper.ts";

/** In the paper's order. Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
export async function readClaims(
  paths: Pick<Paths, "campaigns" | "assets">,
  campaignId: string,
  labelling: Labelling,
): Promise<ClaimJudgement[]> {
  const [claims, paper, [dataset]] = await Promise.all([
    claimsOf(paths.assets),
    readPaper(paths.assets),
    readDatasets(paths, [campaignId]),
  ]);
  if (dataset === undefined) throw new TareError("NOT_FOUND", `There is no campaign ${campaignId}.`);
  const subjects = new Set(
    claims.flatMap(({ relation }) => (relation.type === "cdf_ratio" ? [relation.workload] : [])),
  );
  const read = await Promise.all(
    [...subjects]
      .filter((subject) => dataset.points.some((point) => point.subject === subject))
      .map((subject) => readDistributions(paths, [campaignId], subject)),
  );
  const found = read.flat();
  return judgeClaims(
    claims,
    dataset,
    found.flatMap(({ distributions }) => distributions),
    {
      labelling,
      texts: paper.file.paper_text,
      unreadable: found.flatMap(({ unreadable }) =>
        unreadable.map(({ runId, reason }) => `The raw output of run ${runId} cannot be read: ${reason}`),
      ),
    },
  );
}

const known = new Map<string, Promise<readonly Claim[]>>();

/** Read once, as the paper's data; a failed reading is tried anew. */
function claimsOf(assets: string): Promise<readonly Claim[]> {
  const before = known.get(assets);
  if (before !== undefined) return before;
  const claims = read(join(assets, "reference/felter2014-claims.json"));
  known.set(assets, claims);
  claims.catch(() => known.delete(assets));
  return claims;
}

async function read(path: string): Promise<readonly Claim[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new TareError("NOT_FOUND", `The claims ${path} are missing. Install Tare again.`, { cause });
  });
  const parsed = claimFileSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data.claims;
  throw new TareError("NOT_FOUND", `The claims ${path} are not those of this version. Install Tare again.`, {
    detail: parsed.error.message,
  });
}
