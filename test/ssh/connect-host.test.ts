// Reaching a host, its key, and logging in, against real servers.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectGuest } from "#main/ssh/connect-guest.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import { testConnection } from "#main/ssh/connection-test.ts";
import { fingerprintOf } from "#main/ssh/known-hosts.ts";
import { connected, depsFor, failureOf, forever, trust, witness } from "./machine.ts";
import { keygen, startSshd, type TestSshd } from "./sshd.ts";

let sshd: TestSshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

const idOf = async (host: Awaited<ReturnType<typeof connectHost>>) => {
  const { stdout } = await host.run({ argv: ["id", "-un"] }, { signal: forever });
  await host.close();
  return stdout.trim();
};
const name = () => `root@127.0.0.1:${sshd.port}`;

describe("the host's key", () => {
  test("an unknown key is shown by the fingerprint that ssh-keygen prints, and stored once accepted", async () => {
    const known = join(sshd.folder, "first-use", "known_hosts");
    const seen = witness();
    const deps = { ...depsFor(sshd, seen, [{ kind: "host-key", accept: true }]), knownHostsPath: known };
    expect(await idOf(await connectHost(sshd.host(), "sut", deps))).toBe("root");
    const printed = execFileSync("ssh-keygen", ["-lf", join(sshd.folder, "host-key.pub")], {
      encoding: "utf8",
    });
    const fingerprint = printed.split(" ")[1];
    expect(seen.questions).toEqual([{ kind: "host-key", host: name(), keyType: "ssh-ed25519", fingerprint }]);
    expect(readFileSync(known, "utf8")).toBe(`[127.0.0.1]:${sshd.port} ${sshd.hostKey()}\n`);
    expect(statSync(known).mode & 0o777).toBe(0o600);
    expect(
      await idOf(
        await connectHost(sshd.host(), "sut", { ...deps, ...depsFor(sshd, seen), knownHostsPath: known }),
      ),
    ).toBe("root");
    expect(seen.questions).toHaveLength(1);
  });

  test("a refused key ends the connection and is not stored", async () => {
    const known = join(sshd.folder, "refused");
    const deps = {
      ...depsFor(sshd, witness(), [{ kind: "host-key", accept: false }]),
      knownHostsPath: known,
    };
    const failure = await failureOf(connectHost(sshd.host(), "sut", deps));
    expect(failure).toMatchObject({ code: "HOST_KEY_UNKNOWN", host: name() });
    expect(existsSync(known)).toBe(false);
  });

  test("a hashed entry, as ssh-keygen -H writes it, is known", async () => {
    const known = trust(sshd);
    execFileSync("ssh-keygen", ["-H", "-f", known], { stdio: "ignore" });
    expect(readFileSync(known, "utf8")).toMatch(/^\|1\|/);
    expect(await idOf(await connectHost(sshd.host(), "sut", depsFor(sshd, witness())))).toBe("root");
  });

  test("of several keys the server is asked for the one that is known", async () => {
    const rsa = join(sshd.folder, "rsa-host-key");
    keygen(rsa, "", "rsa");
    const other = await startSshd({ config: [`HostKey ${rsa}`] });
    const known = trust(other);
    writeFileSync(known, `[127.0.0.1]:${other.port} ${readFileSync(`${rsa}.pub`, "utf8")}`);
    const seen = witness();
    expect(await idOf(await connectHost(other.host(), "sut", depsFor(other, seen)))).toBe("root");
    expect(seen.questions).toEqual([]);
    await other.stop();
  });

  test("a changed key stops hard, with both fingerprints and the place of the old one", async () => {
    const other = join(sshd.folder, "other-key");
    keygen(other);
    const [type = "", key = ""] = readFileSync(`${other}.pub`, "utf8").split(" ");
    const known = trust(sshd);
    writeFileSync(known, `# comment\n[127.0.0.1]:${sshd.port} ${type} ${key}\n`);
    const seen = witness();
    const failure = await failureOf(connectHost(sshd.host(), "sut", depsFor(sshd, seen)));
    expect(failure.code).toBe("HOST_KEY_CHANGED");
    expect(failure.message).toContain(fingerprintOf(Buffer.from(key, "base64")));
    expect(failure.message).toContain(
      fingerprintOf(Buffer.from(sshd.hostKey().split(" ")[1] ?? "", "base64")),
    );
    expect(failure.message).toContain(`${known}, line 2`);
    expect(seen.questions).toEqual([]);
  });

  test("a revoked key stops hard even where it is also known", async () => {
    const known = trust(sshd);
    writeFileSync(known, `[127.0.0.1]:${sshd.port} ${sshd.hostKey()}\n@revoked * ${sshd.hostKey()}\n`);
    const failure = await failureOf(connectHost(sshd.host(), "sut", depsFor(sshd, witness())));
    expect(failure.code).toBe("HOST_KEY_REVOKED");
  });
});

describe("the address", () => {
  test.each([
    ["a closed port", { address: "127.0.0.1", port: 1 }, /refused the connection/],
    [
      "a name that does not exist",
      { address: "no-such-host.invalid", port: 22 },
      /does not resolve|name server/,
    ],
  ])("%s is named with its reason", async (_, place, reason) => {
    const failure = await failureOf(connectHost(sshd.host(place), "sut", depsFor(sshd, witness())));
    expect(failure).toMatchObject({
      code: "ADDRESS_UNREACHABLE",
      host: `root@${place.address}:${place.port}`,
    });
    expect(failure.message).toMatch(reason);
  });
});

const asUser = (kind: "password" | "agent") => sshd.host({ user: sshd.user, auth: { kind } });

describe("logging in", () => {
  test("a wrong password is asked for again, three times in all, and is nowhere in what is said", async () => {
    trust(sshd);
    const seen = witness();
    const answers = ["wrong-1", "wrong-2", "wrong-3", "wrong-4"].map(
      (secret) => ({ kind: "secret", secret }) as const,
    );
    const failure = await failureOf(connectHost(asUser("password"), "sut", depsFor(sshd, seen, answers)));
    expect(failure.code).toBe("AUTHENTICATION_FAILED");
    expect(failure.message).toContain("Tried: the password. The host offers: publickey, password.");
    expect(seen.questions.map((question) => "retry" in question && question.retry)).toEqual([
      false,
      true,
      true,
    ]);
    expect(JSON.stringify([failure, seen.log])).not.toContain("wrong-");
  });

  test("the right password works, and is kept for reconnecting", async () => {
    trust(sshd);
    const seen = witness();
    const deps = depsFor(sshd, seen, [{ kind: "secret", secret: sshd.userPassword }]);
    const host = await connectHost(asUser("password"), "sut", deps);
    sshd.killSessions();
    expect((await host.run({ argv: ["id", "-un"] }, { signal: forever, idempotent: true })).stdout).toBe(
      `${sshd.user}\n`,
    );
    expect(seen.questions).toHaveLength(1);
    await host.close();
  });

  test("a server that asks for the password by keyboard-interactive gets it", async () => {
    const pam = ["UsePAM yes", "PasswordAuthentication no", "KbdInteractiveAuthentication yes"];
    const other = await startSshd({ config: pam });
    trust(other);
    const deps = depsFor(other, witness(), [{ kind: "secret", secret: other.userPassword }]);
    const host = other.host({ user: other.user, auth: { kind: "password" } });
    expect(await idOf(await connectHost(host, "sut", deps))).toBe(other.user);
    await other.stop();
  });

  test("an encrypted key asks for its passphrase until it fits", async () => {
    trust(sshd);
    const path = join(sshd.folder, "encrypted");
    keygen(path, "open sesame");
    const authorized = join(sshd.folder, "authorized");
    const before = readFileSync(authorized, "utf8");
    writeFileSync(authorized, before + readFileSync(`${path}.pub`, "utf8"));
    const seen = witness();
    const answers = ["wrong", "open sesame"].map((secret) => ({ kind: "secret", secret }) as const);
    const host = await connectHost(
      sshd.host({ auth: { kind: "key", path } }),
      "sut",
      depsFor(sshd, seen, answers),
    );
    expect(await idOf(host)).toBe("root");
    expect(seen.questions).toMatchObject([
      { kind: "passphrase", keyPath: path, retry: false },
      { kind: "passphrase", keyPath: path, retry: true },
    ]);
    const dismissed = await failureOf(
      connectHost(sshd.host({ auth: { kind: "key", path } }), "sut", depsFor(sshd, witness())),
    );
    expect(dismissed.code).toBe("SECRET_MISSING");
  });

  test("a key the host does not know, and files that are no keys, are named", async () => {
    trust(sshd);
    const stranger = join(sshd.folder, "stranger");
    keygen(stranger);
    const text = join(sshd.folder, "text");
    writeFileSync(text, "not a key\n");
    const messages = [];
    for (const path of [stranger, text, `${stranger}.pub`, "/nowhere/key '$(x)'", sshd.folder]) {
      const host = sshd.host({ auth: { kind: "key", path } });
      const failure = await failureOf(connectHost(host, "sut", depsFor(sshd, witness())));
      expect(failure.code).toBe("AUTHENTICATION_FAILED");
      messages.push(failure.message.replaceAll(path, "KEY").replaceAll(name(), "HOST"));
    }
    expect(messages).toEqual([
      "HOST refused the login. Tried: the key KEY. The host offers: publickey, password.",
      "The key file KEY, for HOST, is not a private key in a format that is known.",
      "The key file KEY, for HOST, holds a public key; name the private one.",
      "The key file KEY, for HOST, does not exist.",
      "The key file KEY, for HOST, is a folder.",
    ]);
  });

  test("without an agent that is said; with one its keys are used", async () => {
    trust(sshd);
    const deps = depsFor(sshd, witness());
    const host = sshd.host({ auth: { kind: "agent" } });
    expect((await failureOf(connectHost(host, "sut", deps))).message).toContain("SSH_AUTH_SOCK is not set");
    const agentSocket = join(sshd.folder, "agent");
    const agent: ChildProcess = spawn("ssh-agent", ["-D", "-a", agentSocket], { stdio: "ignore" });
    try {
      while (!existsSync(agentSocket)) await sleep(20);
      expect((await failureOf(connectHost(host, "sut", { ...deps, agentSocket }))).code).toBe(
        "AUTHENTICATION_FAILED",
      );
      execFileSync("ssh-add", ["-q", sshd.keyPath], { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });
      expect(await idOf(await connectHost(host, "sut", { ...deps, agentSocket }))).toBe("root");
    } finally {
      agent.kill();
    }
  });
});

test("a host behind a jump host, and a guest behind a host, are reached and verified", async () => {
  const inner = await startSshd();
  try {
    trust(sshd, inner);
    const { address, port, user, auth } = sshd.host();
    const host = inner.host({ jump: { address, port, user, auth } });
    const machine = await connectHost(host, "sut", depsFor(sshd, witness()));
    const where = await machine.run({ argv: ["sh", "-c", 'echo "$HOME"'] }, { signal: forever });
    expect(where.stdout.trim()).toBe(join(inner.folder, "root"));
    const guest = {
      address: "127.0.0.1",
      port: inner.port,
      user: "root",
      privateKey: readFileSync(inner.keyPath, "utf8"),
      signal: forever,
    } as const;
    const sut = await connected(sshd);
    const reached = await connectGuest(sut, { ...guest, hostKey: inner.hostKey() });
    expect((await reached.run({ argv: ["id", "-u"], root: true }, { signal: forever })).stdout).toBe("0\n");
    const impostor = await failureOf(connectGuest(sut, { ...guest, hostKey: sshd.hostKey() }));
    expect(impostor.code).toBe("HOST_KEY_CHANGED");
    const closed = await failureOf(connectGuest(sut, { ...guest, port: 1, hostKey: inner.hostKey() }));
    expect(closed.code).toBe("ADDRESS_UNREACHABLE");
    for (const each of [machine, reached, sut]) await each.close();
  } finally {
    await inner.stop();
  }
});

test("the connection test tells each step", async () => {
  trust(sshd);
  const told: string[] = [];
  const found = { role: "sut", host: "h", foundAt: "2026-11-24T06:00:00Z", changes: [] } as const;
  const deps = { ...depsFor(sshd, witness()), findOn: () => Promise.resolve({ ...found, changes: [] }) };
  for await (const step of testConnection(sshd.host(), "loadgen", deps))
    told.push(`${step.step}: ${step.status}`);
  expect(told).toEqual(
    ["reach", "host key", "log in", "root", "data address", "changes", "controller lock"].flatMap((step) => [
      `${step}: running`,
      `${step}: ok`,
    ]),
  );
  const wrong = sshd.host({ dataAddress: "198.18.7.7" });
  const steps = [];
  for await (const step of testConnection(wrong, "sut", deps)) steps.push(step);
  expect(steps.at(-1)).toMatchObject({
    step: "data address",
    status: "failed",
    failure: { code: "INPUT_INVALID" },
  });
});
