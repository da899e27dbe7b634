// The way of a packet in every networking mode, from the lab and the facts: which hops, where, and what is said to be beside it.
import { expect, test } from "vitest";
import type { Hop } from "#shared/environments/hop.ts";
import { packetPath } from "#shared/environments/packet-path.ts";
import type { HostFacts } from "#shared/facts/data-nic.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { NetworkChoice } from "#shared/model/network-choice.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";

const [nic] = sampleFacts().nics;
if (nic === undefined) throw new Error("the sample has an interface");
const docker0 = { ...nic, name: "docker0", driver: "bridge", addresses: ["172.17.0.1/16"], speedMbps: null };
const sut = sampleFacts({ nics: [docker0, { ...nic, driver: "mlx5_core" }] });
const loadgen = sampleFacts({
  machine: "loadgen",
  bootId: "other",
  nics: [{ ...nic, name: "eth1", driver: "ixgbe", addresses: ["198.18.4.2/24"], speedMbps: 25_000 }],
});
const facts: HostFacts = { sut, loadgen };
const ports = [{ port: 6379, protocol: "tcp" }] as const;

const nat = (userlandProxy?: boolean): NetworkChoice => ({
  environment: "docker",
  network: { mode: "nat", ...(userlandProxy === undefined ? {} : { userlandProxy }) },
});
const kvm = (mode: "bridge" | "direct" | "user", vhost: "auto" | "on" | "off" = "auto"): NetworkChoice => ({
  environment: "kvm",
  network: { mode, vhost },
});
const native: NetworkChoice = { environment: "native", network: { mode: "host" } };

function lines(choice: NetworkChoice, known: HostFacts = facts, lab: Lab | null = sampleLab): string[] {
  return packetPath(choice, lab, known, ports).hops.map(
    ({ place, inside, kind, title, address, costs }) =>
      `${place === "sut" ? inside : place} | ${kind} | ${title}${address === undefined ? "" : ` @ ${address}`} | ${costs.join(", ")}`,
  );
}

/** What comes after the SUT's interface, which is the same in every mode. */
function after(choice: NetworkChoice, known: HostFacts = facts): string[] {
  return lines(choice, known).slice(5);
}

test("natively: program, kernel and interface at both ends of a wire as fast as its slower end", () => {
  expect(lines(native)).toMatchInlineSnapshot(`
    [
      "loadgen | user space | Load generator's program @ 198.18.4.2 | system call, copy",
      "loadgen | kernel | Kernel: TCP/IP | ",
      "loadgen | device | Interface eth1 | ",
      "wire | wire | Wire | ",
      "host | device | Interface data0 | ",
      "host | kernel | Kernel: TCP/IP @ 198.18.4.1 port 6379 | ",
      "host | user space | Server | system call, copy",
    ]
  `);
  const wire = packetPath(native, sampleLab, facts, ports).hops[3];
  expect(wire?.text).toBe("10 Gb/s, with whatever switches are between");
});

test("Docker on the host's network has the same path, its server in the container", () => {
  const docker: NetworkChoice = { environment: "docker", network: { mode: "host" } };
  const without = (hops: readonly Hop[]) => hops.map(({ title }) => title);
  expect(without(packetPath(docker, sampleLab, facts, ports).hops)).toEqual(
    without(packetPath(native, sampleLab, facts, ports).hops),
  );
  expect(lines(docker).at(-1)).toMatch(/^container \| user space \| Server/);
});

test("Docker behind NAT: rules, bridge and veth; docker-proxy is beside the path, on or off", () => {
  expect(after(nat(true))).toMatchInlineSnapshot(`
    [
      "host | kernel | Kernel: DNAT @ 198.18.4.1 port 6379 | translation, lookup",
      "host | kernel | Kernel: routing and FORWARD | lookup",
      "host | virtual device | Bridge docker0 | lookup",
      "container | virtual device | veth pair | queueing",
      "container | kernel | Kernel: TCP/IP of the container @ an address of 172.17.0.1/16 port 6379 | ",
      "container | user space | Server | system call, copy",
    ]
  `);
  for (const choice of [nat(), nat(true), nat(false)]) {
    expect(after(choice)).toEqual(after(nat(true)));
    // No process of the host touches the packet.
    expect(after(choice).filter((line) => line.startsWith("host | user space"))).toEqual([]);
  }
  const beside = (choice: NetworkChoice, known = facts) => packetPath(choice, sampleLab, known, ports).beside;
  expect(beside(nat(true))[0]?.title).toBe("Userland proxy on: docker-proxy is not on this path");
  expect(beside(nat(false))[0]?.title).toBe("Userland proxy off: no docker-proxy");
  // As the daemon has it: off in these facts.
  expect(beside(nat())).toEqual(beside(nat(false)));
  expect(beside(nat(), { sut: null, loadgen })[0]?.title).toContain("not known");
});

test("Docker macvlan: past the host's bridges and rules, at the guest address", () => {
  expect(after({ environment: "docker", network: { mode: "macvlan" } })).toMatchInlineSnapshot(`
    [
      "container | virtual device | macvlan on data0 | lookup",
      "container | kernel | Kernel: TCP/IP of the container @ 198.18.4.64 port 6379 | ",
      "container | user space | Server | system call, copy",
    ]
  `);
});

test("a guest on a bridge: vhost-net, QEMU itself, or what the facts decide", () => {
  expect(after(kvm("bridge", "on"))).toMatchInlineSnapshot(`
    [
      "host | virtual device | Bridge tare-br0 | lookup",
      "host | virtual device | tap device | queueing",
      "host | kernel | vhost-net thread | context switch, copy",
      "guest | virtual device | virtio-net of the guest | interrupt into the guest",
      "guest | kernel | Guest kernel: TCP/IP @ 198.18.4.64 port 6379 | ",
      "guest | user space | Server | system call, copy",
    ]
  `);
  expect(after(kvm("bridge", "off"))[2]).toBe(
    "host | user space | QEMU | context switch, system calls, two copies",
  );
  expect(after(kvm("bridge"))).toEqual(after(kvm("bridge", "on")));
  const without = { sut: { ...sut, vhostNet: false }, loadgen };
  expect(after(kvm("bridge"), without)).toEqual(after(kvm("bridge", "off")));
  expect(after(kvm("bridge"), { sut: null, loadgen })[2]).toContain("vhost-net thread, or QEMU");
});

test("a guest on macvtap has no bridge, and one in user mode gets a second connection made by QEMU", () => {
  expect(after(kvm("direct", "off"))).toMatchInlineSnapshot(`
    [
      "host | virtual device | macvtap on data0 | lookup, queueing",
      "host | user space | QEMU | context switch, system calls, two copies",
      "guest | virtual device | virtio-net of the guest | interrupt into the guest",
      "guest | kernel | Guest kernel: TCP/IP @ 198.18.4.64 port 6379 | ",
      "guest | user space | Server | system call, copy",
    ]
  `);
  expect(after(kvm("user"))).toMatchInlineSnapshot(`
    [
      "host | kernel | Kernel: TCP/IP @ 198.18.4.1 port 6379 | ",
      "host | user space | QEMU: TCP/IP in user space (slirp) @ as 10.0.2.2, the guest's gateway | context switch, system calls, two copies, translation",
      "guest | virtual device | virtio-net of the guest | interrupt into the guest",
      "guest | kernel | Guest kernel: TCP/IP @ 10.0.2.15 port 6379 | ",
      "guest | user space | Server | system call, copy",
    ]
  `);
  // vhost has nothing to do in user mode.
  expect(after(kvm("user", "on"))).toEqual(after(kvm("user", "off")));
});

test("a bridge that has the data address already is on every path, once", () => {
  const onBridge = {
    sut: sampleFacts({
      nics: [
        { ...nic, name: "br0", driver: "bridge" },
        { ...nic, name: "vnet0", driver: "tun", master: "br0", addresses: [] },
        { ...nic, driver: "mlx5_core", master: "br0", addresses: [] },
      ],
    }),
    loadgen,
  };
  const lab: Lab = { ...sampleLab, guest: { ...sampleLab.guest, bridge: "br0" } };
  for (const choice of [native, nat(), kvm("user"), kvm("bridge")]) {
    const found = lines(choice, onBridge, lab);
    expect(found.filter((line) => line.includes("Bridge br0"))).toHaveLength(1);
    expect(found[4]).toBe("host | device | Interface data0 | ");
  }
});

test("one machine has no wire; without lab and facts the path is told without names", () => {
  const demo = packetPath(native, { ...sampleLab, demo: true }, facts, ports).hops[3];
  expect(demo?.title).toBe("No wire");
  const same = packetPath(native, sampleLab, { sut, loadgen: { ...loadgen, bootId: sut.bootId } }, ports);
  expect(same.hops[3]?.title).toBe("No wire");
  const nothing = lines(kvm("bridge"), { sut: null, loadgen: null }, null);
  expect(nothing).toHaveLength(lines(kvm("bridge")).length);
  expect(nothing.join()).not.toMatch(/undefined|null|198/);
});

test("a few ports are named, more are counted", () => {
  const many = [6379, 3306, 5101].map((port) => ({ port, protocol: "tcp" as const }));
  const address = (each: typeof many) => packetPath(native, sampleLab, facts, each).hops[5]?.address;
  expect(address([])).toBe("198.18.4.1");
  expect(address(many)).toBe("198.18.4.1 ports 6379, 3306, 5101");
  expect(address([...many, ...many])).toBe("198.18.4.1, 6 ports");
});

test("every path begins at a program and ends at the server, with one wire between the machines", () => {
  const choices = [
    native,
    nat(),
    nat(true),
    nat(false),
    { environment: "docker", network: { mode: "host" } } as const,
    { environment: "docker", network: { mode: "macvlan" } } as const,
    ...(["bridge", "direct", "user"] as const).flatMap((mode) =>
      (["auto", "on", "off"] as const).map((vhost) => kvm(mode, vhost)),
    ),
  ];
  for (const choice of choices) {
    const { hops } = packetPath(choice, sampleLab, facts, ports);
    expect(hops[0]).toMatchObject({ kind: "user space", place: "loadgen" });
    expect(hops.at(-1)).toMatchObject({ kind: "user space", title: "Server" });
    expect(hops.map(({ place }) => place).join()).toMatch(/^(loadgen,)+wire(,sut)+$/);
    // What is inside stays inside.
    expect(hops.map(({ inside }) => inside).join()).toMatch(/^(host,)*(host|(container,?)+|(guest,?)+)$/);
  }
});
