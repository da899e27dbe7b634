// What a test of reachability tries for each mode, and what it says of what it found.
import { expect, test } from "vitest";
import { reachPorts, untestedText } from "#shared/environments/reach-plan.ts";
import { portVerdict, type PortOutcome } from "#shared/environments/reach-verdict.ts";
import type { PortReached } from "#shared/facts/reach-reading.ts";
import type { NetworkChoice } from "#shared/model/network-choice.ts";
import { sampleLab } from "../../fixtures/sample-sut.ts";

const ports = [{ port: 6379, protocol: "tcp" }] as const;
const docker = (mode: "host" | "nat" | "macvlan"): NetworkChoice => ({
  environment: "docker",
  network: { mode },
});
const kvm = (mode: "bridge" | "direct" | "user"): NetworkChoice => ({
  environment: "kvm",
  network: { mode, vhost: "auto" },
});

test.each([
  [docker("host"), ["6379 * loadgen", "5190 * sut"], null],
  [docker("nat"), ["6379 198.18.4.1 loadgen", "5190 198.18.4.1 sut"], "only with a container"],
  [docker("macvlan"), [], "Nobody has 198.18.4.64 before the container is up"],
  [kvm("bridge"), [], "Nobody has 198.18.4.64 before the guest is up"],
  [kvm("direct"), ["5190 127.0.0.1 sut", "22022 127.0.0.1 sut"], "Nobody has 198.18.4.64"],
  [
    kvm("user"),
    ["6379 198.18.4.1 loadgen", "5190 127.0.0.1 sut", "22022 127.0.0.1 sut"],
    "only with a guest",
  ],
] as const)("%j needs these ports of the SUT", (choice, expected, later) => {
  const found = reachPorts(choice, sampleLab, ports);
  expect(found.map(({ port, bind, from }) => `${port} ${bind} ${from}`)).toEqual(expected);
  const text = untestedText(choice, sampleLab);
  if (later === null) expect(text).toBeNull();
  else expect(text).toContain(later);
});

const names = { sut: "root@sut", loadgen: "root@load", address: "198.18.4.1" };
const port: PortOutcome["port"] = { port: 6379, protocol: "tcp", bind: "*", from: "loadgen" };

test.each([
  ["ok", "ok: Free, and root@load reaches it."],
  ["silent", "a firewall drops tcp/6379"],
  ["refused", "a firewall rejects tcp/6379"],
  ["unreachable", "no way to 198.18.4.1"],
  ["other", "another program answers"],
  ["failed", "could not try tcp/6379: bash: bad"],
] as const)("a port that is %s", (outcome, text) => {
  const reached: PortReached = { outcome, text: "bash: bad" };
  const verdict = portVerdict({ port, listening: { kind: "listening" }, reached }, names);
  expect(`${verdict.status}: ${verdict.text}`).toContain(text);
  expect(verdict.status).toBe(outcome === "ok" ? "ok" : "failed");
});

test("a port that is taken names its holder, and one that nothing is known of is no success", () => {
  const text = (listening: PortOutcome["listening"], from: "loadgen" | "sut" = "loadgen") => {
    const verdict = portVerdict({ port: { ...port, from }, listening, reached: null }, names);
    return `${verdict.status}: ${verdict.text}`;
  };
  expect(text({ kind: "taken", holder: "redis-server (process 7)" })).toMatch(
    /^failed: tcp\/6379 is taken on root@sut by redis-server \(process 7\)/,
  );
  expect(text({ kind: "taken", holder: null })).toContain("by a process that cannot be seen from there");
  expect(text({ kind: "failed", text: "Cannot assign requested address" })).toMatch(
    /^failed: .*Cannot assign/,
  );
  expect(text(null)).toMatch(/^failed: /);
  expect(text({ kind: "listening" })).toBe("failed: root@load did not try tcp/6379.");
  expect(text({ kind: "listening" }, "sut")).toMatch(/^ok: Free\./);
});
