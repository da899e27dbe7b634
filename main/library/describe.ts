// What a campaign was measured on and with, from its folder.
import { join } from "node:path";
import type { CampaignDescription } from "#shared/model/comparison.ts";
import { paperId } from "#shared/model/dataset.ts";
import type { Paths } from "../paths.ts";
import { annotationName, readAnnotation } from "./annotation-file.ts";
import { keptFacts, readableFacts } from "./campaign-facts.ts";
import { readDesign } from "./campaign-folder.ts";
import { findCampaign } from "./library.ts";
import { readPaper } from "./paper.ts";

/** Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
export async function describeCampaign(
  paths: Pick<Paths, "campaigns" | "assets">,
  campaignId: string,
): Promise<CampaignDescription> {
  if (campaignId === paperId) {
    const { id, name, origin, createdAt } = (await readPaper(paths.assets)).dataset;
    return { id, name, origin, createdAt, design: null, facts: { sut: null, loadgen: null }, tools: {} };
  }
  const path = await findCampaign(paths.campaigns, campaignId);
  const design = await readDesign(path);
  const { sut, environments } = await readableFacts(path);
  const { name } = await readAnnotation(join(path, annotationName));
  const [inside] = Object.values(environments);
  const tools = Object.entries(inside?.tools ?? {}).flatMap(([name, version]) =>
    version === null ? [] : [[name, version] as const],
  );
  return {
    id: design.id,
    name: name ?? design.name,
    origin: "measured",
    createdAt: design.createdAt,
    design,
    facts: { sut, loadgen: await keptFacts(path, "loadgen", "before").catch(() => null) },
    tools: Object.fromEntries(tools),
  };
}
