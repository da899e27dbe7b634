// app://tare/… : the window's files, the campaigns' raw files and .tare files, without a server and without file: access.
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { protocol } from "electron";
import type { Core } from "../core.ts";
import { importResponse } from "../web/import-response.ts";
import { windowResponse } from "../web/window-files.ts";
import { isOwnAddress, windowOrigin } from "./own-address.ts";

/** Must run before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges }]);
}

export function serveScheme(core: Core): void {
  protocol.handle("app", async (request) => {
    if (!isOwnAddress(request.url)) return notHere();
    const { pathname, search, searchParams } = new URL(request.url);
    if (request.method === "GET") return windowResponse(core, pathname, search);
    const own = [windowOrigin, null].includes(request.headers.get("origin"));
    if (request.method !== "POST" || pathname !== "/import" || !own || request.body === null)
      return notHere();
    const body = Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
    return importResponse(core, { body, name: searchParams.get("name") ?? "", signal: request.signal });
  });
}

function notHere(): Response {
  return new Response("Not here.", { status: 404 });
}
