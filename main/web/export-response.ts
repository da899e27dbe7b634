// Campaigns as files: `GET /export/<campaign>.<extension>`; the same for app:// in Electron and for HTTP.
import { TareError } from "#shared/model/error.ts";
import type { Paths } from "../paths.ts";
import { formatExporters } from "./export-formats.ts";
import { exportTare } from "./export-tare.ts";

export type ExportPaths = Pick<Paths, "campaigns" | "assets" | "renderer">;

export interface ExportedFile {
  /** As it is saved; characters outside of ASCII are left to `filename*`. */
  readonly fileName: string;
  readonly type: string;
  /** What else the page may want to know of it. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Makes the file of a campaign; `query` holds what stands behind the `?`. Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
export type Exporter = (
  paths: ExportPaths,
  campaignId: string,
  query: URLSearchParams,
) => Promise<ExportedFile>;

/** By extension, without the first dot. An id may hold dots too: the longest extension that fits is meant. */
const exporters: Readonly<Record<string, Exporter>> = { tare: exportTare, ...formatExporters };

/** Answers what stands behind `/export/`. Throws TareError NOT_FOUND for an extension that nothing is exported as. */
export async function exportResponse(
  paths: ExportPaths,
  name: string,
  query: URLSearchParams,
): Promise<Response> {
  const extension = Object.keys(exporters)
    .sort((a, b) => b.length - a.length)
    .find((each) => name.endsWith(`.${each}`));
  const exporter = extension === undefined ? undefined : exporters[extension];
  if (extension === undefined || exporter === undefined)
    throw new TareError("NOT_FOUND", `Nothing is exported as ${JSON.stringify(name)}.`);
  const file = await exporter(paths, name.slice(0, -extension.length - 1), query);
  return new Response(file.body, {
    headers: {
      ...file.headers,
      "content-type": file.type,
      "content-disposition": dispositionOf(file.fileName),
      // It is a file to save; opened in place all the same, it is a page of nobody.
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "no-store",
    },
  });
}

function dispositionOf(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w.-]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", "%27")}`;
}
