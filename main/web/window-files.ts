// The window's files and the campaigns' raw files as responses; the same for app:// in Electron and for HTTP.
import { randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { TareError, toFailure } from "#shared/model/error.ts";
import { findCampaign } from "../library/library.ts";
import { openCampaignFile } from "../library/raw-store.ts";
import type { Paths } from "../paths.ts";

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

/**
 * Answers `GET` of a path of the window. `/raw/<campaign>/<path>` is a file of a campaign as plain text;
 * a path without extension is the page itself, which routes by it.
 */
export async function windowResponse(
  paths: Pick<Paths, "renderer" | "campaigns">,
  pathname: string,
): Promise<Response> {
  try {
    const raw = /^\/raw\/([^/]+)\/(.+)$/.exec(pathname);
    if (raw?.[1] !== undefined && raw[2] !== undefined)
      return await rawResponse(paths.campaigns, raw[1], decodeURIComponent(raw[2]));
    return await assetResponse(
      paths.renderer,
      extname(pathname) === "" ? "/index.html" : decodeURIComponent(pathname),
    );
  } catch (error) {
    const failure = toFailure(error);
    return new Response(failure.message, {
      status: failure.code === "NOT_FOUND" ? 404 : 500,
      headers: plainHeaders,
    });
  }
}

const plainHeaders = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

async function rawResponse(campaigns: string, campaignId: string, path: string): Promise<Response> {
  const stream = await openCampaignFile(await findCampaign(campaigns, campaignId), path);
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: { ...plainHeaders, "cache-control": "no-store" },
  });
}

async function assetResponse(folder: string, pathname: string): Promise<Response> {
  const path = normalize(join(folder, pathname));
  const info = path.startsWith(folder + sep) ? await stat(path).catch(() => null) : null;
  if (info === null || !info.isFile()) throw new TareError("NOT_FOUND", `There is no ${pathname}.`);
  const type = types[extname(path)] ?? "application/octet-stream";
  const body = await readFile(path);
  if (!path.endsWith(".html")) {
    const headers = {
      "content-type": type,
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
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
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}' ${emptyHash}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-type": type,
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
  };
}
