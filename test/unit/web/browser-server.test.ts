// The browser host by real HTTP and WebSockets: one origin, one token, one cookie, and every trick refused.
import { once } from "node:events";
import { connect } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startBrowserServer } from "#main/web/browser-server.ts";
import { serveCore } from "../../fixtures/served-core.ts";

test("the token opens one session: its cookie is for this origin and for no script", async () => {
  const { ask, origin, token, port } = await serveCore();
  expect((await ask("/session")).status).toBe(401);
  const first = await ask("/session", { method: "POST", headers: { origin }, body: token });
  expect(first.status).toBe(204);
  const [cookie = ""] = first.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(
    new RegExp(`^tare-session-${port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
  );
  expect(cookie).not.toContain(token);
  const session = { cookie: cookie.split(";")[0] ?? "" };
  expect((await ask("/session", { headers: session })).status).toBe(204);

  const again = await ask("/session", { method: "POST", headers: { origin }, body: token });
  expect(again).toMatchObject({ status: 401, body: "The token is not valid any more." });
  expect(again.headers["set-cookie"]).toBeUndefined();
  // The page's address opened a second time in the same browser.
  const reopened = await ask("/session", { method: "POST", headers: { origin, ...session }, body: token });
  expect(reopened.status).toBe(204);
});

test.each([
  ["no token", "", 401],
  ["a wrong token", "A".repeat(43), 401],
  ["a token with more behind it", "%TOKEN%A", 401],
  ["a part of the token", "%PART%", 401],
  ["a body without end", "A".repeat(100_000), 413],
])("%s opens nothing, and the right one still does", async (_what, body, status) => {
  const { ask, origin, token } = await serveCore();
  const sent = body.replace("%TOKEN%", token).replace("%PART%", token.slice(0, 42));
  const answer = await ask("/session", { method: "POST", headers: { origin }, body: sent });
  expect(answer.status).toBe(status);
  expect(answer.headers["set-cookie"]).toBeUndefined();
  expect((await ask("/session", { method: "POST", headers: { origin }, body: token })).status).toBe(204);
});

test("another address signs in a browser that lost its session, once, and voids those before it", async () => {
  const { ask, origin, token, newToken } = await serveCore();
  const exchange = async (body: string) =>
    (await ask("/session", { method: "POST", headers: { origin }, body })).status;
  const [second, third] = [newToken(), newToken()];
  expect(await exchange(token)).toBe(401);
  expect(await exchange(second)).toBe(401);
  expect(await exchange(third)).toBe(204);
  expect(await exchange(third)).toBe(401);
  expect(await exchange(newToken())).toBe(204);
});

test("the token is exchanged by this page only", async () => {
  const { ask, origin, token, port } = await serveCore();
  const others = [
    undefined,
    "null",
    "http://evil.example",
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port + 1}`,
    `http://localhost:${port}`,
    `${origin}.evil.example`,
    `${origin}/`,
  ];
  for (const other of others) {
    const headers: Record<string, string> = other === undefined ? {} : { origin: other };
    expect((await ask("/session", { method: "POST", headers, body: token })).status, String(other)).toBe(403);
  }
  expect((await ask("/session", { method: "POST", headers: { origin }, body: token })).status).toBe(204);
});

test("another Host is answered with nothing, so that a name of someone else's cannot point here", async () => {
  const { ask, port, signIn } = await serveCore();
  const cookie = await signIn();
  const hosts = [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1",
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.:${port}`,
  ];
  for (const host of hosts) {
    for (const path of ["/", "/session", "/assets/main-1a2b.js"])
      expect((await ask(path, { headers: { host, cookie } })).status, host).toBe(421);
  }
  expect((await ask("/", { headers: { host: `localhost:${port}` } })).status).toBe(200);
});

test("the page forbids what it does not need, with a nonce of its own in each answer", async () => {
  const { ask } = await serveCore();
  const { headers, body } = await ask("/");
  const policy = String(headers["content-security-policy"]);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  expect(policy.replace(nonce, "N").split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-N' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(Buffer.from(nonce, "base64")).toHaveLength(16);
  expect(body).toContain(`nonce="${nonce}"`);
  expect(body).not.toContain("TARE_NONCE");
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  });
  expect((await ask("/")).headers["content-security-policy"]).not.toBe(policy);
});

test("paths of the window are the page, whatever dots are in them; files are files", async () => {
  const { ask } = await serveCore();
  for (const path of ["/labs", "/campaigns/a.b/runs/b01-native.control-x", "/?a=b", "/labs/x.json"])
    expect((await ask(path)).headers["content-type"], path).toBe("text/html; charset=utf-8");
  expect((await ask("/assets/main-1a2b.js")).headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
  expect((await ask("/icon.svg")).headers["cache-control"]).toBe("no-cache");
  for (const path of ["/assets/none.js", "/none.js", "/assets/", "/assets"])
    expect((await ask(path)).body, path).not.toContain("export");
});

test.each([
  "/../secret",
  "/assets/../../secret",
  "/assets/..%2f..%2fsecret",
  "/assets/%2e%2e/%2e%2e/secret",
  "/assets/..\\..\\secret",
  "/assets/%00",
  "/assets/%",
  "/%c0%ae%c0%ae/secret",
  "//secret",
  "//[",
  "/..;/secret",
  "http://127.0.0.1/secret",
  "*",
  "/raw/../../secret",
  "/raw/sample/../../secret",
  "/raw/sample/..%2f..%2f..%2fsecret",
  "/raw/..%2f..%2fsecret",
  "/raw/sample/%2fetc%2fpasswd",
  "/raw/sample/raw%00",
  "/raw//etc/passwd",
  "/raw/",
  "/export/",
  "/export/..%2f..%2fsecret",
  "/export/../../secret.csv",
  "/export/..%2f..%2fsecret.csv?anonymous=1",
])("GET %s gives nothing away, and the server goes on", async (path) => {
  const { ask, core, signIn } = await serveCore();
  const cookie = await signIn();
  const campaign = join(core.paths.campaigns, "2026-01-02-sample");
  await mkdir(campaign, { recursive: true });
  const { status, body } = await ask(path, { headers: { cookie } });
  expect(body).not.toMatch(/secret$|root:/);
  expect(status === 200 ? body.startsWith("<meta") : status >= 400 && status < 500, String(status)).toBe(
    true,
  );
  expect((await ask("/")).status).toBe(200);
});

test("a campaign's files are for the session only, as plain text", async () => {
  const { ask, core, signIn, port } = await serveCore();
  const campaign = join(core.paths.campaigns, "2026-01-02-sample");
  await mkdir(join(campaign, "raw/b01-x"), { recursive: true });
  await writeFile(join(campaign, "raw/b01-x/1 <b>.stdout"), "<script>alert(1)</script>");
  const path = "/raw/sample/raw/b01-x/1%20%3Cb%3E.stdout";
  expect((await ask(path)).status).toBe(401);
  // The path is decoded later: written otherwise, it is the same.
  for (const same of [path.replace("/raw", "/%72aw"), "/%65xport/sample.csv", "/export/sample.csv"])
    expect((await ask(same)).status, same).toBe(401);
  expect((await ask(path, { headers: { cookie: `tare-session-${port}=${"A".repeat(43)}` } })).status).toBe(
    401,
  );
  const cookie = await signIn();
  const { status, headers, body } = await ask(path, { headers: { cookie } });
  expect({ status, body }).toEqual({ status: 200, body: "<script>alert(1)</script>" });
  expect(headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  });
  // A page of another port of this address has the cookie too, but the browser says where the request is from.
  for (const site of ["same-site", "cross-site"])
    expect((await ask(path, { headers: { cookie, "sec-fetch-site": site } })).status).toBe(401);
  const head = await ask(path, { method: "HEAD", headers: { cookie } });
  expect({ status: head.status, body: head.body }).toEqual({ status: 200, body: "" });
});

test.each(["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("%s is not answered", async (method) => {
  const { ask } = await serveCore();
  const answer = await ask("/", { method });
  expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD"]);
});

test("the socket is for this page's session only", async () => {
  const { socket, origin, port, signIn } = await serveCore();
  const cookie = await signIn();
  const refused: Record<string, string>[] = [
    { origin },
    { cookie },
    { origin, cookie: `tare-session-${port}=` },
    { origin, cookie: `other=1; tare-session=${cookie.split("=")[1] ?? ""}` },
    { origin: "http://evil.example", cookie },
    { origin: "null", cookie },
    { origin, cookie, host: `evil.example:${port}` },
    { origin: `http://evil.example:${port}`, cookie, host: `evil.example:${port}` },
  ];
  for (const headers of refused)
    await expect(socket(headers), JSON.stringify(headers)).rejects.toThrow("401");
  const opened = await socket({ origin, cookie });
  expect(opened.readyState).toBe(opened.OPEN);
});

test("a message that is too long ends its connection and no other", async () => {
  // The RPC library reports what it cannot read.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { socket, client, origin, signIn } = await serveCore();
  const api = await client();
  const opened = await socket({ origin, cookie: await signIn() });
  const closed = once(opened, "close");
  opened.send("x".repeat(5 * 1024 * 1024));
  expect((await closed)[0]).toBe(1009);
  for (const nonsense of ["garbage", "{}", '{"i":"1","p":{}}', "[".repeat(10_000)]) {
    const other = await socket({ origin, cookie: await signIn() });
    other.send(nonsense);
    other.send(Buffer.from(nonsense));
  }
  expect((await api.app.info()).version).toBe("1.2.3");
});

test("a client that vanishes in the middle of anything does not end the server", async () => {
  const { ask, port, origin, signIn } = await serveCore();
  const cookie = await signIn();
  const head = `Host: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n`;
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
  const beginnings = [
    "GET / HT",
    `GET / HTTP/1.1\r\n${head}`,
    `POST /session HTTP/1.1\r\n${head}Content-Length: 43\r\n\r\nhalf`,
    `GET /rpc HTTP/1.1\r\n${head}${upgrade}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    `GET /rpc HTTP/1.1\r\nHost: x\r\n${upgrade}Sec-WebSocket-Key: bad\r\n\r\n`,
    `GET //[ HTTP/1.1\r\n${head}\r\n`,
  ];
  for (const beginning of beginnings) {
    const raw = connect(port, "127.0.0.1");
    await once(raw, "connect");
    raw.write(beginning);
    await new Promise((resolve) => setImmediate(resolve));
    raw.resetAndDestroy();
  }
  expect((await ask("/")).status).toBe(200);
});

test("stopping ends sockets and requests that are under way, and frees the port", async () => {
  const { core, socket, origin, port, signIn, stop } = await serveCore();
  const opened = await socket({ origin, cookie: await signIn() });
  const closed = once(opened, "close");
  await stop();
  await closed;
  const again = await startBrowserServer(core, { port, shellReason: null, openCampaign: null });
  await expect(
    startBrowserServer(core, { port, shellReason: null, openCampaign: null }),
  ).rejects.toMatchObject({ code: "BUSY", message: expect.stringContaining(String(port)) as string });
  await again.stop();
});
