// app://tare/… : the window's files and the campaigns' raw files, without a server and without file: access.
import { protocol } from "electron";
import type { Paths } from "../paths.ts";
import { windowResponse } from "../web/window-files.ts";
import { isOwnAddress } from "./own-address.ts";

/** Must run before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges }]);
}

export function serveScheme(paths: Paths): void {
  protocol.handle("app", (request) => {
    if (!isOwnAddress(request.url) || request.method !== "GET")
      return new Response("Not here.", { status: 404 });
    const { pathname, search } = new URL(request.url);
    return windowResponse(paths, pathname, search);
  });
}
