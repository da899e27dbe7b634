// The core behind loopback HTTP and a WebSocket, for a browser: one token, one cookie, this origin and nobody else.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer } from "ws";
import { createRouter } from "../api/router.ts";
import type { Core } from "../core.ts";
import { TareError } from "#shared/model/error.ts";
import { windowResponse } from "./window-files.ts";

export interface BrowserServer {
  /** Address to open; the token in its fragment is good for one exchange. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface BrowserServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly shellReason: string | null;
  readonly openCampaign: string | null;
}

const cookieName = "tare-session";

/** Serves on 127.0.0.1 only. Throws TareError BUSY where the port is taken. */
export async function startBrowserServer(core: Core, options: BrowserServerOptions): Promise<BrowserServer> {
  const { shellReason, openCampaign } = options;
  const router = createRouter(core, { shell: "browser", shellReason, openCampaign });
  const rpc = new RPCHandler(router);
  const token = randomBytes(32).toString("base64url");
  const cookie = randomBytes(32).toString("base64url");
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 * 1024 });
  let exchanged = false;
  let hosts: readonly string[] = [];

  const server = createServer((request, response) => {
    void answer(request, response);
  });
  const known = (request: IncomingMessage) => hosts.includes(request.headers.host ?? "");
  const sameOrigin = (request: IncomingMessage) =>
    request.headers.origin === `http://${request.headers.host}`;
  const signedIn = (request: IncomingMessage) => equal(cookieOf(request), cookie);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (!known(request)) return end(response, 421, "This server answers only to its own address.");
    if (request.method === "POST" && pathname === "/session") return exchange(request, response);
    if (pathname === "/session") return end(response, signedIn(request) ? 204 : 401, "");
    if (request.method !== "GET" && request.method !== "HEAD")
      return end(response, 405, "Only GET is answered here.");
    if (pathname.startsWith("/raw/") && !signedIn(request))
      return end(response, 401, "Open Tare with the address that it printed.");
    await send(response, await windowResponse(core.paths, pathname), request.method === "HEAD");
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!sameOrigin(request)) return end(response, 403, "This request comes from another page.");
    if (signedIn(request)) return end(response, 204, "");
    if (exchanged || !equal(await bodyOf(request), token))
      return end(response, 401, "The token is not valid any more.");
    exchanged = true;
    response.setHeader("set-cookie", `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`);
    end(response, 204, "");
  }

  server.on("upgrade", (request, socket, head) => {
    const allowed = request.url === "/rpc" && known(request) && sameOrigin(request) && signedIn(request);
    if (!allowed) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      void rpc.upgrade(ws);
    });
  });

  const port = await listen(server, options.port);
  hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    async stop() {
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
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

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf(request: IncomingMessage): string {
  const pairs = (request.headers.cookie ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? "";
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 1024) return "";
  }
  return text.trim();
}

function end(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" })
    .end(text);
}

async function send(response: ServerResponse, answer: Response, headOnly: boolean): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (headOnly || answer.body === null) {
    response.end();
    return;
  }
  const body = Readable.fromWeb(answer.body);
  body.on("error", () => response.destroy());
  body.pipe(response);
}
