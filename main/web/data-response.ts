// `GET /data/datasets?campaigns=a,b&subjects=redis,fio`: datasets as the index keeps them, JSON that nobody parses on the way.
import { z } from "zod";
import type { CampaignLibrary } from "../library/campaign-library.ts";
import { libraryContract } from "#shared/contract/library.ts";
import { TareError } from "#shared/model/error.ts";

/** The same input as the call of the contract takes. */
const inputSchema = libraryContract.datasets["~orpc"].inputSchema;

/** Answers what stands behind `/data/`; no `subjects` means all. Throws TareError NOT_FOUND, INPUT_INVALID, CAMPAIGN_DAMAGED. */
export async function dataResponse(
  library: Pick<CampaignLibrary, "datasets">,
  name: string,
  query: URLSearchParams,
): Promise<Response> {
  if (name !== "datasets") throw new TareError("NOT_FOUND", `There is no data ${JSON.stringify(name)}.`);
  const input = inputSchema?.safeParse({
    campaignIds: listIn(query, "campaigns") ?? [],
    subjects: listIn(query, "subjects"),
  });
  if (input?.success !== true)
    throw new TareError("INPUT_INVALID", "These datasets cannot be asked for.", {
      detail: input === undefined ? "" : z.prettifyError(input.error),
    });
  const { campaignIds, subjects } = input.data;
  const bytes = await library.datasets(campaignIds, subjects ?? null);
  return new Response(bytes, {
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}

function listIn(query: URLSearchParams, name: string): string[] | undefined {
  return query.get(name)?.split(",");
}
