// Facts, the KVM probe and the sampler over a real SSH connection, as root and as an account without root.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Host } from "#shared/model/lab.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { probeKvm } from "#main/hosts/kvm-probe.ts";
import { startSampler } from "#main/hosts/sampler.ts";
import { connectHost, type HostMachine } from "#main/ssh/connect-host.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { startSshd, type TestSshd } from "./sshd.ts";

const { signal } = new AbortController();
let sshd: TestSshd;
let root: HostMachine;

function connected(changes: Partial<Host> = {}): Promise<HostMachine> {
  const knownHostsPath = join(sshd.folder, "known");
  writeFileSync(knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostKey()}\n`);
  const ask = () => Promise.resolve({ kind: "dismiss" } as const);
  return connectHost(sshd.host(changes), "sut", { ask, knownHostsPath, otherKnownHosts: [], signal });
}

beforeAll(async () => {
  sshd = await startSshd();
  root = await connected();
});

afterAll(async () => {
  await root.close();
  await sshd.stop();
});

test("facts of the host as root", async () => {
  const facts = await probeFacts(root, { signal });
  expect(facts.machine).toBe("sut");
  expect(facts.root).toEqual({ user: "root", uid: 0, sudo: false });
  expect(facts.cpu.threads).toBeGreaterThan(0);
  expect(facts.nics.map(({ name }) => name)).toContain("lo");
});

test("an account without root still gets facts, and they say so", async () => {
  const machine = await connected({ user: sshd.user, become: "sudo" });
  const facts = await probeFacts(machine, { signal });
  expect(facts.root).toMatchObject({ user: sshd.user, sudo: false });
  expect(facts.cpu.threads).toBeGreaterThan(0);
  await machine.close();
});

test("a container that does not exist is TOOL_FAILED, or TOOL_MISSING without Docker, and names itself", async () => {
  const probe = probeFacts(root, { signal, container: "tare-not-there" });
  await expect(probe).rejects.toMatchObject({
    code: expect.stringMatching(/^TOOL_(FAILED|MISSING)$/) as unknown,
  });
});

test("whether KVM is usable comes with a reason", async () => {
  const kvm = await probeKvm(root, { signal });
  expect(kvm.reason).not.toBe("");
  if (kvm.usable === true) expect(kvm.reason).toBe("A probe guest ran with -accel kvm -cpu host.");
});

test("the sampler runs as a job, is followed, is taken up again by its id, and ends when stopped", async () => {
  const options = (seen: unknown[], enough: () => void) => ({
    jobId: "c-1/b01-native-x.1.sampler",
    signal,
    onSample: (sample: unknown) => {
      seen.push(sample);
      if (seen.length >= 2) enough();
    },
  });
  const first: unknown[] = [];
  const again: unknown[] = [];
  const [some, more] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await startSampler(root, options(first, some.resolve));
  await some.promise;
  const stop = await startSampler(root, options(again, more.resolve));
  await more.promise;
  const text = await stop(signal);
  expect(again.slice(0, 2)).toEqual(first.slice(0, 2));
  expect(parseSamples(text)).toEqual(again);
  expect(await root.jobs.state("c-1/b01-native-x.1.sampler", signal)).toBe("ended");
});
