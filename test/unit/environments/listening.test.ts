import { createServer } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listensOn } from "#shared/environments/listening.ts";

const tables = () => ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFileSync(path, "utf8")).join("");

test.skipIf(process.platform !== "linux").each(["127.0.0.1", "::1"])(
  "a listener on %s is seen, and gone when it closes",
  async (address) => {
    const server = createServer().listen(0, address);
    await once(server, "listening");
    const bound = server.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : 0;
    expect(listensOn(tables(), port)).toBe(true);
    server.close();
    await once(server, "close");
    expect(listensOn(tables(), port)).toBe(false);
  },
);

test("a connection from or to the port is no listener", () => {
  const established =
    "   1: 0100007F:13EC 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 1 1";
  expect(listensOn(established, 5100)).toBe(false);
  expect(listensOn(established.replace(" 01 ", " 0A "), 5100)).toBe(true);
});
