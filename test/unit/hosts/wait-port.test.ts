// The script that waits for a server: it takes a connection for an answer, and nothing else.
import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../assets/host/wait-port.sh", import.meta.url));

async function statusOf(port: number): Promise<number | null> {
  const [status] = (await once(spawn("bash", [script, "127.0.0.1", String(port), "0"]), "exit")) as [
    number | null,
  ];
  return status;
}

test("a server that accepts is found, and one that has gone is not", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await statusOf(port)).toBe(0);
  server.close();
  await once(server, "close");
  expect(await statusOf(port)).toBe(1);
});
