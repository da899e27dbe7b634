// The core behind loopback HTTP and a WebSocket, for a browser: one token, one cookie, this origin and nobody else.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer } from "ws";
import { createRouter } from "../api/router.ts";
import type { Core } from "../core.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import { importResponse } from "./import-response.ts";
import { isPrivatePath, plainHeaders, windowResponse } from "./window-files.ts";

export interface BrowserServer {
  /** Address to open; the token in its fragment is good for one exchange. */
  readonly url: string;
  /** Another such address, for a browser that has lost its session; an unused older one is void. */
  newUrl(): string;
  stop(): Promise<void>;
}

export interface BrowserServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly shellReason: string | null;
  readonly openCampaign: string | null;
}

/** A token is 43 characters; all else that is posted is a file, which goes to the disk. */
const longestBody = 1024;

/** Serves on 127.0.0.1 only. Throws TareError BUSY where the port is taken. */
export async function startBrowserServer(core: Core, options: BrowserServerOptions): Promise<BrowserServer> {
  const { shellReason, openCampaign } = options;
  const router = createRouter(core, { shell: "browser", shellReason, openCampaign });
  const rpc = new RPCHandler(router);
  // Null once it was exchanged.
  let token: string | null = null;
  const cookie = randomBytes(32).toString("base64url");
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 * 1024 });
  let hosts: readonly string[] = [];
  let cookieName = "";

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { message } = toFailure(error);
      if (response.headersSent) response.destroy();
      else end(response, 500, message);
    });
  });
  const known = (request: IncomingMessage) => hosts.includes(request.headers.host ?? "");
  const sameOrigin = (request: IncomingMessage) =>
    request.headers.origin === `http://${request.headers.host}`;
  const signedIn = (request: IncomingMessage) =>
    equal(cookieOf(request, cookieName), cookie) && !fromElsewhere(request);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!known(request)) return end(response, 421, "This server answers only to its own address.");
    const address = addressOf(request);
    if (address === null) return end(response, 400, "This is no path.");
    const { pathname, search } = address;
    if (request.method === "POST" && pathname === "/session") return exchange(request, response);
    if (request.method === "POST" && pathname === "/import") return receive(request, response, search);
    if (request.method !== "GET" && request.method !== "HEAD")
      return end(response, 405, "Only GET is answered here.", { allow: "GET, HEAD" });
    if (pathname === "/session") return end(response, signedIn(request) ? 204 : 401, "");
    if (isPrivatePath(pathname) && !signedIn(request)) return end(response, 401, notSignedIn);
    await send(response, await windowResponse(core, pathname, search), request.method === "HEAD");
  }

  async function receive(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    // A body that nobody reads must not be taken for the next request.
    const unread = { connection: "close" };
    if (!sameOrigin(request)) return end(response, 403, "This request comes from another page.", unread);
    if (!signedIn(request)) return end(response, 401, notSignedIn, unread);
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const name = new URLSearchParams(search).get("name") ?? "";
    const answer = await importResponse(core, { body: request, name, signal: gone.signal });
    if (!request.readableEnded) answer.headers.set("connection", "close");
    await send(response, answer, false);
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!sameOrigin(request)) return end(response, 403, "This request comes from another page.");
    if (signedIn(request)) return end(response, 204, "");
    const body = await bodyOf(request);
    if (body === null) return end(response, 413, "This is no token.", { connection: "close" });
    if (token === null || !equal(body, token)) return end(response, 401, "The token is not valid any more.");
    token = null;
    end(response, 204, "", { "set-cookie": `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/` });
  }

  server.on("upgrade", (request, socket, head) => {
    // The browser may be gone at any moment; that is no error of this program.
    socket.on("error", () => socket.destroy());
    const allowed = request.url === "/rpc" && known(request) && sameOrigin(request) && signedIn(request);
    if (!allowed) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      // A message over the limit or out of the protocol ends this connection and no other.
      ws.on("error", () => ws.terminate());
      void rpc.upgrade(ws);
    });
  });

  const port = await listen(server, options.port);
  hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Browsers share cookies among the ports of an address; two servers must not take each other's.
  cookieName = `tare-session-${port}`;
  const newUrl = () => {
    token = randomBytes(32).toString("base64url");
    return `http://127.0.0.1:${port}/#token=${token}`;
  };
  return {
    url: newUrl(),
    newUrl,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const busy = cause.code === "EADDRINUSE";
      reject(
        busy
          ? new TareError("BUSY", `Port ${port} of this computer is taken. Choose another with --port.`, {
              cause,
            })
          : cause,
      );
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

const notSignedIn = "Open Tare with the address that it printed.";

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The request's path and what follows from `?` on, decoded by nobody; null where there is no path. */
function addressOf(request: IncomingMessage): { pathname: string; search: string } | null {
  const [, pathname = "", search = ""] = /^(\/[^?#]*)(\?[^#]*)?/.exec(request.url ?? "") ?? [];
  return pathname === "" ? null : { pathname, search };
}

/** Whether the browser says that another page, also one of another port, asks. Old browsers and programs say nothing. */
function fromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

function cookieOf(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

/** Null where it is longer than any token. */
function bodyOf(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (piece: string) => {
      text += piece;
      if (text.length > longestBody) resolve(null);
    });
    request.once("end", () => resolve(text.trim()));
    request.once("error", reject);
  });
}

function end(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...plainHeaders, "cache-control": "no-store", ...headers }).end(text);
}

async function send(response: ServerResponse, answer: Response, headOnly: boolean): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (headOnly || answer.body === null) {
    await answer.body?.cancel();
    response.end();
    return;
  }
  const body = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  pipeline(body, response, () => undefined);
}
