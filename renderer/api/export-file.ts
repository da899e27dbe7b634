// A campaign as a file that the person keeps. It is fetched whole first, so that a failure is a sentence and not a broken file.
import { z } from "zod";
import type { AnonymousFile } from "#shared/tare-file/anonymous/replaced-text.ts";
import { saveBlob } from "#renderer/format/save-file.ts";
import { fetchFromCore } from "./fetch-from-core.ts";

export type ExportFormat = "tare" | "html" | "csv" | "json" | "parquet" | "samples.parquet" | "bib";

const anonymousSchema = z.object({
  replaced: z.array(z.object({ words: z.string(), count: z.number() })),
  kept: z.array(z.string()),
});

/** What was replaced, where the file is anonymous. Throws TareError with the core's sentence. */
export function saveExport(
  campaignId: string,
  format: ExportFormat,
  anonymous: boolean,
  signal: AbortSignal,
): Promise<AnonymousFile | null> {
  const query = format === "tare" && anonymous ? "?anonymous=1" : "";
  const path = `/export/${encodeURIComponent(campaignId)}.${format}${query}`;
  return fetchFromCore(path, signal, async (response) => {
    const replaced = anonymousOf(response.headers.get("tare-anonymous"));
    const name = fileName(response.headers.get("content-disposition")) ?? `${campaignId}.${format}`;
    saveBlob(await response.blob(), name);
    return replaced;
  });
}

/** The header holds percent-encoded JSON. */
function anonymousOf(header: string | null): AnonymousFile | null {
  return header === null ? null : anonymousSchema.parse(JSON.parse(decodeURIComponent(header)));
}

function fileName(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? null;
}
