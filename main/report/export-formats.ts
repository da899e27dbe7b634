// A campaign in each format that it is exported in; the same for the command line, HTTP and app://.
import { csvText } from "#shared/export/csv.ts";
import { exportDocument } from "#shared/export/export-json.ts";
import { measurementColumns, measurementRows } from "#shared/export/measurement-rows.ts";
import { sampleColumns } from "#shared/export/sample-rows.ts";
import { summaryColumns, summaryRows } from "#shared/export/summary-rows.ts";
import { bibtex, references } from "#shared/report/bibtex.ts";
import { readClaims } from "../library/claims.ts";
import { allDistributions, readCampaignSource } from "./campaign-source.ts";
import { htmlReport, type ReportPaths } from "./html-report.ts";
import { parquetBytes } from "./parquet.ts";
import { sampleRows } from "./sample-source.ts";

export interface ExportFormat {
  /** Media type. */
  readonly type: string;
  /** Not for a terminal. */
  readonly binary: boolean;
  /** Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
  make(paths: ReportPaths, campaignId: string, version: string): Promise<string | Uint8Array<ArrayBuffer>>;
}

const parquetType = "application/vnd.apache.parquet";

/** By extension. */
export const exportFormats = {
  html: { type: "text/html; charset=utf-8", binary: false, make: htmlReport },
  csv: { type: "text/csv; charset=utf-8; header=present", binary: false, make: measurementsCsv },
  "summary.csv": { type: "text/csv; charset=utf-8; header=present", binary: false, make: summaryCsv },
  json: { type: "application/json; charset=utf-8", binary: false, make: exportJson },
  parquet: { type: parquetType, binary: true, make: measurementsParquet },
  "samples.parquet": { type: parquetType, binary: true, make: samplesParquet },
  bib: { type: "application/x-bibtex; charset=utf-8", binary: false, make: exportBibtex },
} as const satisfies Readonly<Record<string, ExportFormat>>;

async function measurementsCsv(paths: ReportPaths, campaignId: string): Promise<string> {
  const { dataset, measured } = await readCampaignSource(paths, campaignId);
  return csvText(measurementColumns, measurementRows(dataset, measured));
}

async function summaryCsv(paths: ReportPaths, campaignId: string): Promise<string> {
  const { dataset, measured } = await readCampaignSource(paths, campaignId);
  return csvText(summaryColumns, summaryRows(dataset, measured));
}

async function exportJson(paths: ReportPaths, campaignId: string, version: string): Promise<string> {
  const source = await readCampaignSource(paths, campaignId);
  const document = exportDocument({
    ...source,
    ...(await allDistributions(paths, source)),
    version,
    madeAt: new Date().toISOString(),
    claims: await readClaims(paths, campaignId, "measured"),
    facts: source.measured?.facts ?? {},
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function measurementsParquet(paths: ReportPaths, campaignId: string, version: string) {
  const { dataset, measured } = await readCampaignSource(paths, campaignId);
  return parquetBytes({
    table: "measurements",
    columns: measurementColumns,
    rows: measurementRows(dataset, measured),
    createdBy: `tare version ${version}`,
  });
}

async function samplesParquet(paths: ReportPaths, campaignId: string, version: string) {
  const source = await readCampaignSource(paths, campaignId);
  return parquetBytes({
    table: "samples",
    columns: sampleColumns,
    rows: sampleRows(paths, source),
    createdBy: `tare version ${version}`,
  });
}

async function exportBibtex(paths: ReportPaths, campaignId: string, version: string): Promise<string> {
  const { measured } = await readCampaignSource(paths, campaignId);
  return bibtex(references(measured, version));
}
