// known_hosts as OpenSSH reads it.
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { addKnownHost, readKnownHosts } from "#main/ssh/known-hosts-file.ts";
import {
  fingerprintOf,
  judgeHostKey,
  knownHostName,
  namesMatch,
  parseKnownHosts,
  preferredAlgorithms,
} from "#main/ssh/known-hosts.ts";

const folder = mkdtempSync(join(tmpdir(), "tare-known-hosts-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A key in wire format: its type, then bytes that stand for the key itself. */
function key(type: string, seed: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, Buffer.from(type), Buffer.alloc(32, seed)]);
}
const line = (names: string, wire: Buffer, type = "ssh-ed25519") =>
  `${names} ${type} ${wire.toString("base64")}`;
const a = key("ssh-ed25519", 1);
const b = key("ssh-ed25519", 2);
const rsa = key("ssh-rsa", 3);

function hashed(host: string, salt: string): string {
  const bytes = Buffer.from(salt);
  return `|1|${bytes.toString("base64")}|${createHmac("sha1", bytes).update(host).digest("base64")}`;
}

test("what can't be used becomes a remark with its line, and hides nothing else", () => {
  const text = [
    "# comment",
    "",
    line("one", a),
    "nonsense",
    line("two", rsa),
    `@cert-authority ${line("*", a)}`,
    `@strange ${line("*", a)}`,
    `@revoked ${line("three", b)}`,
  ].join("\n");
  const { entries, remarks } = parseKnownHosts(text, "FILE");
  expect(entries.map((entry) => [entry.names, entry.marker, entry.line])).toEqual([
    ["one", "none", 3],
    ["three", "revoked", 8],
  ]);
  expect(remarks).toEqual([
    "FILE, line 4: not a host key line; ignored.",
    "FILE, line 5: the key is damaged; ignored.",
    "FILE, line 6: @cert-authority is not supported and was ignored.",
    "FILE, line 7: unknown marker @strange; ignored.",
  ]);
});

describe("names", () => {
  test.each([
    ["host", "host", true],
    ["HOST", "host", true],
    ["a,host,b", "host", true],
    ["*.example.org", "x.example.org", true],
    ["*.example.org", "example.org", false],
    ["h?st", "host", true],
    ["*,!host", "host", false],
    ["!host", "other", false],
    ["[10.0.0.1]:2222", "[10.0.0.1]:2222", true],
    ["10.0.0.1", "[10.0.0.1]:2222", false],
    ["[*]:2222", "[10.0.0.1]:2222", true],
    ["h.st", "host", false],
    [hashed("[::1]:2200", "pepper"), "[::1]:2200", true],
    [hashed("host", "pepper"), "other", false],
    ["|1|damaged", "host", false],
  ])("%s means %s: %s", (names, host, expected) => {
    expect(namesMatch(names, host)).toBe(expected);
  });

  test("any host is found by its own name, plain or hashed, whatever the case", () => {
    const host = fc.tuple(fc.domain(), fc.integer({ min: 1, max: 65535 }));
    fc.assert(
      fc.property(host, fc.string(), ([address, port], salt) => {
        const name = knownHostName(address.toUpperCase(), port);
        expect(namesMatch(name, knownHostName(address, port))).toBe(true);
        expect(namesMatch(hashed(name, salt), name)).toBe(true);
      }),
    );
  });
});

const judge = (text: string, wire: Buffer) => {
  const verdict = judgeHostKey(parseKnownHosts(text, "FILE").entries, "host", wire);
  return "known" in verdict ? `${verdict.kind} line ${verdict.known.line}` : verdict.kind;
};

describe("the verdict", () => {
  test.each([
    ["no line", "", a, "unknown"],
    ["another host's line", line("other", a), a, "unknown"],
    ["the same key", line("host", a), a, "known"],
    ["another key", line("host", b), a, "changed line 1"],
    ["one of several keys", `${line("host", b)}\n${line("host", a)}`, a, "known"],
    ["only a key of another type", line("host", rsa, "ssh-rsa"), a, "changed line 1"],
    ["the key revoked for all", `${line("host", a)}\n@revoked ${line("*", a)}`, a, "revoked line 2"],
    ["another key revoked", `${line("host", a)}\n@revoked ${line("*", b)}`, a, "known"],
    ["only a revoked key known", `@revoked ${line("host", b)}`, a, "unknown"],
  ])("%s", (_, text, wire, expected) => {
    expect(judge(text, wire)).toBe(expected);
  });
});

test("algorithms of known keys are offered first", () => {
  const { entries } = parseKnownHosts(line("host", rsa, "ssh-rsa"), "FILE");
  expect(preferredAlgorithms(entries, "host", ["ssh-ed25519", "rsa-sha2-512", "ssh-rsa"])).toEqual([
    "rsa-sha2-512",
    "ssh-rsa",
    "ssh-ed25519",
  ]);
});

test("the fingerprint is the one that ssh-keygen -l prints", () => {
  const github = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
  expect(fingerprintOf(Buffer.from(github, "base64"))).toBe(
    "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
  );
});

test("keys are added to a private file without touching what stands there", () => {
  const path = join(folder, "new", "known_hosts");
  addKnownHost(path, "one", a);
  writeFileSync(path, `${readFileSync(path, "utf8")}# no newline at the end`);
  addKnownHost(path, "[two]:22022", b);
  expect(readFileSync(path, "utf8")).toBe(
    `${line("one", a)}\n# no newline at the end\n${line("[two]:22022", b)}\n`,
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readKnownHosts([path, join(folder, "missing")]).entries).toHaveLength(2);
  expect(readKnownHosts([folder]).remarks).toHaveLength(1);
});
