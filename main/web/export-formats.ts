// Reports and exports below /export/, by extension.
import { tareVersion } from "../installation.ts";
import { exportFormats, type ExportFormat } from "../report/export-formats.ts";
import type { Exporter } from "./export-response.ts";

function exporter(extension: string, { type, make }: ExportFormat): Exporter {
  return async (paths, campaignId) => ({
    fileName: `${campaignId}.${extension}`,
    type,
    body: await make(paths, campaignId, await tareVersion()),
  });
}

export const formatExporters: Readonly<Record<string, Exporter>> = Object.fromEntries(
  Object.entries(exportFormats).map(([extension, format]) => [extension, exporter(extension, format)]),
);
