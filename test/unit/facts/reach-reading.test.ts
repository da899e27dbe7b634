// The outputs that a reachability test reads: of ip, ping, and Tare's own listener and its counterpart.
import { expect, test } from "vitest";
import {
  answersIn,
  interfaceOfAddress,
  mtuIn,
  neighbourIn,
  readListening,
  readReached,
} from "#shared/facts/reach-reading.ts";

const addresses = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
7: data0@if6    inet 198.18.4.1/24 scope global data0\\       valid_lft forever preferred_lft forever
7: data0@if6    inet6 fe80::1:2/64 scope link \\       valid_lft forever preferred_lft forever
`;

test("the interface of an address, the MTU of an interface", () => {
  expect(interfaceOfAddress(addresses, "198.18.4.1")).toBe("data0");
  expect(interfaceOfAddress(addresses, "FE80::1:2")).toBe("data0");
  expect(interfaceOfAddress(addresses, "198.18.4.11")).toBeNull();
  expect(interfaceOfAddress(addresses, "198.18.4")).toBeNull();
  const link =
    "7: data0@if6: <BROADCAST,UP> mtu 9000 qdisc noqueue state UP mode DEFAULT group default qlen 1000";
  expect(mtuIn(link)).toBe(9000);
  expect(mtuIn("")).toBeNull();
});

test.each([
  ["2 packets transmitted, 2 received, 0% packet loss, time 201ms", 2],
  ["2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1ms", 0],
  // BusyBox
  ["2 packets transmitted, 1 packets received, 50% packet loss", 1],
  ["ping: invalid option -- 'M'", null],
  ["", null],
] as const)("ping: %s", (text, answers) => {
  expect(answersIn(text)).toBe(answers);
});

test.each([
  ["198.18.4.64 dev data0 lladdr 52:54:00:12:04:40 REACHABLE", "52:54:00:12:04:40"],
  ["198.18.4.64 lladdr 52:54:00:12:04:40 DELAY", "52:54:00:12:04:40"],
  ["198.18.4.64 dev data0  FAILED", null],
  ["198.18.4.64 dev data0 lladdr 52:54:00:12:04:40 FAILED", null],
  ["198.18.4.64 dev data0  INCOMPLETE", null],
  ["", null],
] as const)("neighbour: %s", (text, mac) => {
  expect(neighbourIn(text)).toBe(mac);
});

test("the listener is read once it is ready, and its counterpart line by line", () => {
  const text =
    "listening tcp/1\ntaken udp/2 812 tmux: server\ntaken tcp/3 - -\nfailed tcp/4 No such device\n";
  expect(readListening(text)).toBeNull();
  expect(readListening(`${text}ready`)).toBeNull();
  expect(Object.fromEntries(readListening(`${text}ready\n`) ?? [])).toEqual({
    "tcp/1": { kind: "listening" },
    "udp/2": { kind: "taken", holder: "tmux: server (process 812)" },
    "tcp/3": { kind: "taken", holder: null },
    "tcp/4": { kind: "failed", text: "No such device" },
  });
  expect(Object.fromEntries(readReached("tcp/1 ok\nnonsense\nudp/2 failed bash: x: y\n"))).toEqual({
    "tcp/1": { outcome: "ok", text: "" },
    "udp/2": { outcome: "failed", text: "bash: x: y" },
  });
});
