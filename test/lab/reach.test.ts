// The test of reachability on the demo lab: what is free and reached, what is taken, what a firewall drops; nothing is left.
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testReach } from "#main/hosts/reach.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import type { ReachRequest, ReachStep } from "#shared/contract/reach.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { withDemoLab } from "./lab.ts";

const fixture = withDemoLab();
const native: ReachRequest["choice"] = { environment: "native", network: { mode: "host" } };
const nat: ReachRequest["choice"] = { environment: "docker", network: { mode: "nat" } };
const guest: ReachRequest["choice"] = { environment: "kvm", network: { mode: "bridge", vhost: "auto" } };
const ports: ReachRequest["ports"] = [
  { port: 6379, protocol: "tcp" },
  { port: 3306, protocol: "tcp" },
  { port: 5101, protocol: "udp" },
];

/** What could be left on the SUT; kernels and scripts stay for the next time. */
const describeSut = `
pgrep -x port-listener; find /var/lib/tare/jobs -mindepth 1 2>/dev/null
cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "0A" { print $2 }' | sort; awk 'FNR > 1 { print $2 }' /proc/net/udp | sort
ip -4 -o address show | cut -d ' ' -f 2-; cat /proc/sys/net/ipv4/ip_forward`;
let before = "";

beforeAll(async () => {
  // Scripts and the listener come to the hosts the first time; that is what stays.
  await stepsOf(native, ports);
});
beforeEach(async () => {
  before = await onSut(describeSut);
});
afterAll(async () => {
  await fixture.lab.ssh("sut", "pkill -x redis-server; iptables -F INPUT");
});

async function onSut(line: string): Promise<string> {
  return (await fixture.lab.ssh("sut", line)).stdout.trim();
}

function reach(choice: ReachRequest["choice"], wanted: ReachRequest["ports"], signal: AbortSignal) {
  const { demo, stateFolder, id } = fixture.lab;
  const connect = (role: HostRole, until: AbortSignal) =>
    connectHost(demo.lab[role], role, {
      ask: () => Promise.reject(new Error("nobody is there to be asked")),
      knownHostsPath: join(stateFolder, id, "known_hosts"),
      signal: until,
    });
  return testReach(demo.lab, connect, { choice, ports: wanted }, signal);
}

/** Each step as it ended, in order. */
async function stepsOf(choice: ReachRequest["choice"], wanted: ReachRequest["ports"]): Promise<string[]> {
  const steps = new Map<string, ReachStep>();
  for await (const step of reach(choice, wanted, new AbortController().signal)) steps.set(step.step, step);
  return [...steps.values()].map(({ step, status, text }) => `${step}: ${status}: ${text}`);
}

const statusesOf = (steps: readonly string[]) => steps.map((line) => line.split(": ").slice(0, 2).join(": "));

test("what is free is reached, over TCP and UDP, and nothing of the test is left", async () => {
  const steps = await stepsOf(native, ports);
  expect(steps.filter((line) => !/^[^:]+: ok: /.test(line))).toEqual([]);
  expect(statusesOf(steps)).toEqual([
    "System under test: ok",
    "Load generator: ok",
    "Data address: ok",
    "Way there: ok",
    "Path MTU: ok",
    "Listener: ok",
    "Port 6379 (TCP): ok",
    "Port 3306 (TCP): ok",
    "Port 5101 (UDP): ok",
    "Port 5190 (TCP): ok",
  ]);
  expect(await onSut(describeSut)).toBe(before);
});

test("a port that a service has on loopback alone is taken, for a server on the host and not behind NAT", async () => {
  await onSut("redis-server --port 6379 --bind 127.0.0.1 --daemonize yes --save ''");
  const [natively, behind] = [await stepsOf(native, ports), await stepsOf(nat, ports)];
  await onSut("pkill -x redis-server; while pgrep -x redis-server; do sleep 0.1; done");
  expect(natively.find((line) => line.startsWith("Port 6379"))).toMatch(
    /: failed: tcp\/6379 is taken on root@\S+ by redis-server \(process \d+\): end it/,
  );
  expect(natively.find((line) => line.startsWith("Port 3306"))).toContain(": ok: ");
  expect(behind.find((line) => line.startsWith("Port 6379"))).toContain(": ok: Free, and");
  expect(behind.at(-1)).toContain("With the environment up: untested: Docker's own rules");
  expect(await onSut(describeSut)).toBe(before);
});

test("ports that a firewall drops or rejects are named", async () => {
  await onSut(
    "iptables -I INPUT -p tcp --dport 3306 -j DROP && iptables -I INPUT -p udp --dport 5101 -j REJECT",
  );
  const steps = await stepsOf(native, ports);
  await onSut("iptables -F INPUT");
  expect(steps.filter((line) => line.includes("failed"))).toEqual([
    expect.stringMatching(/^Port 3306 .*nothing comes back to .*a firewall drops tcp\/3306 .*Allow it to/),
    expect.stringMatching(/^Port 5101 .*is refused: a firewall rejects udp\/5101/),
  ]);
  expect(await onSut(describeSut)).toBe(before);
});

test("a guest address is free, or taken by the SUT or by somebody on the data network", async () => {
  const cidr = fixture.lab.demo.lab.guest.address;
  const address = cidr.split("/")[0] ?? "";
  const line = async () => (await stepsOf(guest, ports)).find((each) => each.startsWith("Address"));
  expect(await line()).toContain(`Address ${cidr}: ok: Nobody has ${address}`);
  await onSut(`ip address add ${cidr} dev data0`);
  const onSutItself = await line();
  await onSut(`ip address delete ${cidr} dev data0`);
  expect(onSutItself).toMatch(/failed: \S+ is taken already: it is on data0 of root@/);
  // A third machine on the data network, which answers no ping.
  const third = await onSut(`unshare --net sleep 60 >/dev/null 2>&1 & echo $!
    while [ "$(readlink /proc/$!/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
    ip link add link data0 name third0 type macvlan mode bridge && ip link set third0 netns $!
    nsenter --net=/proc/$!/ns/net sh -c 'echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all
      ip address add ${cidr} dev third0 && ip link set third0 up'`);
  const onNetwork = await line();
  await onSut(`kill ${third}; while [ -e /proc/${third} ]; do sleep 0.1; done`);
  expect(onNetwork).toMatch(/is taken already: [0-9a-f:]{17} answers for it on the data network/);
  expect(await onSut(describeSut)).toBe(before);
});

test("cancelled while it listens, the listener ends with it", async () => {
  // It waits for the port that nobody answers on, so it is met at work.
  await onSut("iptables -I INPUT -p tcp --dport 3306 -j DROP");
  const ending = new AbortController();
  const work = async () => {
    for await (const { step, status } of reach(native, ports, ending.signal))
      if (step === "Listener" && status === "running")
        void onSut("until pgrep -x port-listener; do sleep 0.1; done").then(() => ending.abort());
  };
  await expect(work()).rejects.toThrow("cancelled");
  await onSut("iptables -F INPUT");
  expect(await onSut(describeSut)).toBe(before);
});
