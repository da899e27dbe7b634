// mysql-server.sh in the userland of a demo lab: the data set is made once, whole or not at all; a copy is fresh each time.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ensureUserland } from "#main/environments/userland.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import { ensureKernels } from "#main/workloads/kernels.ts";
import { serverOptions } from "#shared/workloads/mysql-options.ts";
import { withDemoLab } from "./lab.ts";

const place = withDemoLab();
const { signal } = new AbortController();

test("the data set is found again, made again when it is not whole, and never changed by a run that writes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tare-mysql-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const knownHostsPath = join(folder, "known_hosts");
  await writeFile(knownHostsPath, `${place.lab.demo.hostKeys.join("\n")}\n`);
  const sut = await connectHost(place.lab.demo.lab.sut, "sut", {
    ask: () => Promise.reject(new Error("nobody is there to be asked")),
    knownHostsPath,
    otherKnownHosts: [],
    signal,
  });
  onTestFinished(() => sut.close());
  const { root, missing } = await ensureUserland(
    sut,
    { kind: "build" },
    { signal, onProgress: () => undefined },
  );
  expect(missing).toEqual([]);
  const kernels = await ensureKernels(sut, { signal });
  const enter = await sut.script("native-enter.sh", signal);
  const data = "/var/lib/tare/data/mysql-test";
  await sut.run({ argv: ["mkdir", "-p", data] }, { signal });
  const stdin = serverOptions({ bufferPoolMiB: 32, port: 3406 });
  const make = async (...copy: readonly string[]) => {
    const argv = ["/opt/tare/mysql-server.sh", "data", "/data/set", "2", "100", ...copy];
    const inside = ["sh", enter, root, data, kernels.folder, "--", ...argv];
    const { status, stdout, stderr } = await sut.run({ argv: inside, stdin, root: true }, { signal });
    expect(status, stderr).toBe(0);
    return stdout;
  };
  const onSut = async (line: string) => {
    const { status, stdout, stderr } = await place.lab.ssh("sut", line);
    expect(status, stderr).toBe(0);
    return stdout.trim();
  };

  expect(await make()).toContain("Inserting 100 records into 'sbtest2'");
  const sums = `cd ${data} && find set -type f -exec sha256sum {} + | sort`;
  const before = await onSut(sums);
  expect(await make("/data/run")).toBe("The data set is there already.\n");
  await onSut(`echo spoiled >${data}/run/sbtest/sbtest1.ibd && touch ${data}/run/left`);
  await make("/data/run");
  expect(await onSut(sums)).toBe(before);
  expect(await onSut(`diff -r ${data}/set ${data}/run && echo equal`)).toBe("equal");

  await onSut(`rm ${data}/set/complete`);
  expect(await make()).toContain("Inserting 100 records into 'sbtest1'");
  expect(await onSut(`ls ${data}`)).toBe("run\nset");
}, 300_000);
