// The window's files and the campaigns' raw files as responses; the same for app:// in Electron and for HTTP.
import { randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { type ErrorCode, TareError, toFailure } from "#shared/model/error.ts";
import type { CampaignLibrary } from "../library/campaign-library.ts";
import { findCampaign } from "../library/library.ts";
import { openCampaignFile } from "../library/raw-store.ts";
import { dataResponse } from "./data-response.ts";
import { exportResponse, type ExportPaths } from "./export-response.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".json": "application/json; charset=utf-8",
};

/** In index.html: replaced by a nonce for each response, so that the component library may add its style tag. */
const noncePlaceholder = "TARE_NONCE";

/** Paths of what campaigns hold: for somebody who is signed in. */
export function isPrivatePath(pathname: string): boolean {
  try {
    return /^\/(raw|export|data)\//.test(decoded(pathname));
  } catch (error) {
    if (error instanceof TareError) return true;
    throw error;
  }
}

/**
 * Answers `GET` of a path of the window. `/raw/<campaign>/<path>` is a file of a campaign as plain text,
 * `/export/<campaign>.<extension>` the campaign as a file, `/data/datasets` the data of many; what stands in /assets/ or at the top with an extension is a
 * file of the window; any other path is the page, which routes by it. `search` is the address's, with its `?`.
 */
export async function windowResponse(
  { paths, library }: { readonly paths: ExportPaths; readonly library: Pick<CampaignLibrary, "datasets"> },
  pathname: string,
  search = "",
): Promise<Response> {
  try {
    const path = decoded(pathname);
    const [, campaignId = "", file = ""] = /^\/raw\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
    if (path.startsWith("/raw/")) return await rawResponse(paths.campaigns, campaignId, file);
    if (path.startsWith("/export/"))
      return withCommonHeaders(
        await exportResponse(paths, path.slice("/export/".length), new URLSearchParams(search)),
      );
    if (path.startsWith("/data/"))
      return withCommonHeaders(
        await dataResponse(library, path.slice("/data/".length), new URLSearchParams(search)),
      );
    const isFile = path.startsWith("/assets/") || /^\/[^/]+\.[^/]+$/s.test(path);
    return await assetResponse(paths.renderer, isFile ? path : "/index.html");
  } catch (error) {
    const failure = toFailure(error);
    const status = statuses[failure.code] ?? 500;
    // Data are for programs, which want to know more than the sentence.
    if (pathname.startsWith("/data/")) return Response.json(failure, { status, headers: jsonHeaders });
    return new Response(failure.message, { status, headers: plainHeaders });
  }
}

/** Where a failure is no fault of the server's. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  NOT_FOUND: 404,
  BUSY: 409,
  CAMPAIGN_DAMAGED: 422,
  UNSUPPORTED: 422,
  INPUT_INVALID: 400,
};

/** What every answer carries: no guessing of types, nothing for other pages. */
const commonHeaders = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

export const plainHeaders = { ...commonHeaders, "content-type": "text/plain; charset=utf-8" };

export const jsonHeaders = {
  ...commonHeaders,
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
};

function withCommonHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(commonHeaders)) response.headers.set(name, value);
  return response;
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch (cause) {
    throw new TareError("NOT_FOUND", `${pathname} is no path.`, { cause });
  }
}

async function rawResponse(campaigns: string, campaignId: string, path: string): Promise<Response> {
  const stream = await openCampaignFile(await findCampaign(campaigns, campaignId), path);
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: { ...plainHeaders, "cache-control": "no-store" },
  });
}

async function assetResponse(folder: string, pathname: string): Promise<Response> {
  const path = normalize(join(folder, pathname));
  const inside = path.startsWith(folder + sep) && !path.includes("\0");
  const info = inside ? await stat(path).catch(() => null) : null;
  if (info === null || !info.isFile()) throw new TareError("NOT_FOUND", `There is no ${pathname}.`);
  const type = types[extname(path)] ?? "application/octet-stream";
  const body = await readFile(path);
  if (!path.endsWith(".html")) {
    // The build puts a hash of the content into the names below assets/.
    const lasting = pathname.startsWith("/assets/");
    const headers = {
      ...commonHeaders,
      "content-type": type,
      "cache-control": lasting ? "public, max-age=31536000, immutable" : "no-cache",
    };
    return new Response(body, { headers });
  }
  const nonce = randomBytes(16).toString("base64");
  return new Response(body.toString("utf8").replaceAll(noncePlaceholder, nonce), {
    headers: pageHeaders(type, nonce),
  });
}

/** Plotly 4 adds one empty style element; this is the hash of the empty string. */
const emptyHash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

function pageHeaders(type: string, nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}' ${emptyHash}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...commonHeaders,
    "content-type": type,
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
  };
}
