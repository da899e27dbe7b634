// A campaign as a file that the person keeps. It is fetched whole first, so that a failure is a sentence and not a broken file.
import { failureSchema, TareError, type Failure } from "#shared/model/error.ts";

export type ExportFormat = "tare" | "html" | "csv" | "json" | "parquet" | "samples.parquet" | "bib";

/** Throws TareError with the core's sentence. */
export async function saveExport(
  campaignId: string,
  format: ExportFormat,
  anonymous: boolean,
  signal: AbortSignal,
): Promise<void> {
  const query = format === "tare" && anonymous ? "?anonymous=1" : "";
  const response = await fetch(`/export/${encodeURIComponent(campaignId)}.${format}${query}`, {
    signal,
    credentials: "same-origin",
  });
  if (!response.ok) throw thrown(failureOfText(await response.text(), response.status));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(response.headers.get("content-disposition")) ?? `${campaignId}.${format}`;
  link.click();
  // The download has its own hold on the content once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function thrown({ code, message, ...rest }: Failure): TareError {
  return new TareError(code, message, rest);
}

function failureOfText(text: string, status: number): Failure {
  try {
    const carried = failureSchema.safeParse(JSON.parse(text));
    if (carried.success) return carried.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const known = text !== "" && text.length < 1000 && !text.startsWith("<");
  return {
    code: status === 404 ? "NOT_FOUND" : "INTERNAL",
    message: known ? text : `The core did not give the file (HTTP status ${status}).`,
  };
}

function fileName(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? null;
}
