// ~/.ssh/config as far as Tare understands it.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readSshConfig } from "#main/ssh/ssh-config.ts";

const home = mkdtempSync(join(tmpdir(), "tare-ssh-config-"));
const path = join(home, ".ssh", "config");
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  rmSync(join(home, ".ssh"), { recursive: true, force: true });
  mkdirSync(join(home, ".ssh"));
});

function read(text: string, others: Readonly<Record<string, string>> = {}) {
  for (const [name, content] of Object.entries({ config: text, ...others })) {
    const file = join(home, ".ssh", name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  }
  return readSshConfig(path, home);
}

const me = userInfo().username;

test("named hosts are resolved through patterns, in OpenSSH's order", () => {
  const { entries, remarks } = read(`
    HOST sut lg*
      hostname 198.18.0.1
      User root
    Host loadgen
      HostName=%h.example.org
      Port 2222
      IdentityFile "~/.ssh/id of %r"
    Host *
      User late
      IdentityFile %d/keys/%h
  `);
  expect(remarks).toEqual([]);
  expect(entries).toEqual([
    {
      alias: "sut",
      endpoint: {
        address: "198.18.0.1",
        port: 22,
        user: "root",
        auth: { kind: "key", path: `${home}/keys/198.18.0.1` },
      },
    },
    {
      alias: "loadgen",
      endpoint: {
        address: "loadgen.example.org",
        port: 2222,
        user: "late",
        auth: { kind: "key", path: `${home}/.ssh/id of late` },
      },
    },
  ]);
});

test("a host without an identity file uses the agent and this account", () => {
  expect(read("Host plain\n").entries).toEqual([
    { alias: "plain", endpoint: { address: "plain", port: 22, user: me, auth: { kind: "agent" } } },
  ]);
});

test("one jump host is resolved; more, or a proxy command, are remarked", () => {
  const { entries, remarks } = read(`
    Host inner
      ProxyJump gate
    Host inner2
      ProxyJump admin@other.example.org:2200
    Host gate
      HostName gate.example.org
      User keeper
    Host far
      ProxyJump gate,inner
    Host nested
      ProxyJump inner
    Host odd
      ProxyCommand nc %h %p
  `);
  const agent = { kind: "agent" };
  expect(entries.map((entry) => [entry.alias, entry.jump])).toEqual([
    ["inner", { address: "gate.example.org", port: 22, user: "keeper", auth: agent }],
    ["inner2", { address: "other.example.org", port: 2200, user: "admin", auth: agent }],
    ["gate", undefined],
  ]);
  expect(remarks.map((remark) => remark.split(":")[0])).toEqual(["far", "nested", "odd"]);
});

test("included files stand where they are included, and end no section", () => {
  const { entries } = read(
    "Include conf.d/*.conf\nUser everyone\nHost last\n  Include port\n  HostName 10.0.0.9\n",
    {
      "conf.d/a.conf": "Host a\n  HostName 10.0.0.1\n",
      "conf.d/b.conf": "Host b\n  User bob\n",
      "conf.d/not": "Host never\n",
      port: "Port 2022\n",
    },
  );
  expect(
    entries.map(({ alias, endpoint }) => [alias, endpoint.user, endpoint.address, endpoint.port]),
  ).toEqual([
    ["a", "everyone", "10.0.0.1", 22],
    ["b", "bob", "b", 22],
    ["last", "everyone", "10.0.0.9", 2022],
  ]);
});

test("a file that includes itself is read to a limit", () => {
  expect(read("Include config\nHost x\n").entries.map((entry) => entry.alias)).toEqual(["x"]);
});

test("commands are never run", () => {
  const mark = join(home, "ran");
  const { entries, remarks } = read(`
    Match exec "touch ${mark}"
      User pwned
    Host x
      HostName $(touch ${mark})
    Host y
      HostName y.example.org
  `);
  expect(existsSync(mark)).toBe(false);
  expect(entries.map((entry) => [entry.alias, entry.endpoint.user])).toEqual([["y", me]]);
  expect(remarks).toHaveLength(2);
});

test("a file that others can write is not trusted", () => {
  read("Host x\n");
  chmodSync(path, 0o666);
  expect(readSshConfig(path, home)).toEqual({
    entries: [],
    remarks: [`${path} can be written by others and was not read. Run: chmod go-w ${path}`],
  });
});

test("no file, no entries, no remarks", () => {
  expect(readSshConfig(path, home)).toEqual({ entries: [], remarks: [] });
});
