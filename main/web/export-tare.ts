// `GET /export/<campaign>.tare`: the campaign's folder as one file; with `?anonymous=1` without names and addresses.
import { Readable } from "node:stream";
import { tareVersion } from "../installation.ts";
import { exportCampaign } from "../library/tare-file/export-campaign.ts";
import type { Exporter } from "./export-response.ts";

export const exportTare: Exporter = async ({ campaigns }, campaignId, query) => {
  const made = await exportCampaign({
    campaignsFolder: campaigns,
    campaignId,
    version: await tareVersion(),
    anonymous: query.get("anonymous") === "1",
  });
  // Percent-encoded JSON: what was replaced, by kind, and which names stay where they are words of the field too.
  const anonymous = encodeURIComponent(JSON.stringify(made.anonymous));
  return {
    fileName: made.fileName,
    type: "application/zip",
    ...(made.anonymous === null ? {} : { headers: { "tare-anonymous": anonymous } }),
    body: Readable.toWeb(made.open()) as ReadableStream<Uint8Array<ArrayBuffer>>,
  };
};
