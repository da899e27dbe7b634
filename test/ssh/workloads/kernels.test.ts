// The kernels built on a host over SSH, as root and through sudo.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import { ensureKernels } from "#main/workloads/kernels.ts";
import type { Host } from "#shared/model/lab.ts";
import { installed } from "../../unit/workloads/local.ts";
import { startSshd } from "../sshd.ts";
import type { TestSshd } from "../sshd.ts";

const hasCompiler = installed("building kernels on a host", "gcc");
const { signal } = new AbortController();
let sshd: TestSshd;

beforeAll(async () => {
  sshd = await startSshd({ sudoers: ["tare-user ALL=(root) NOPASSWD: ALL"] });
});

afterAll(() => sshd.stop());

function connectTo(changes: Partial<Host>): Promise<RemoteMachine> {
  const knownHostsPath = join(sshd.folder, "known");
  writeFileSync(knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostKey()}\n`);
  return connectHost(sshd.host(changes), "sut", {
    ask: () => Promise.resolve({ kind: "dismiss" }),
    knownHostsPath,
    otherKnownHosts: [],
    agentSocket: undefined,
    signal,
    log: () => undefined,
    onLink: () => undefined,
    reconnectSeconds: 20,
  });
}

test.skipIf(!hasCompiler)(
  "kernels are built once and run there; an account with sudo finds them",
  async () => {
    const asRoot = await connectTo({});
    const { folder } = await ensureKernels(asRoot, { signal });
    expect(folder).toMatch(/^\/var\/lib\/tare\/kernels\/[0-9a-f]{16}$/);
    const run = (argv: string[]) => asRoot.run({ argv }, { signal });
    const { stdout, status } = await run([`${folder}/stream`, "--elements", "100000", "--threads", "1"]);
    expect({ status, end: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      status: 0,
      end: "Solution Validates",
    });
    const times = await run(["stat", "-c", "%n %i %a", `${folder}/stream`, `${folder}/redis-load`]);
    const asUser = await connectTo({ user: sshd.user, become: "sudo" });
    expect(await ensureKernels(asUser, { signal })).toEqual({ folder });
    const again = await run(["stat", "-c", "%n %i %a", `${folder}/stream`, `${folder}/redis-load`]);
    expect(again.stdout).toBe(times.stdout);
    expect(again.stdout.match(/ 755$/gm)).toHaveLength(2);
    await asUser.close();
    await asRoot.close();
  },
);
