// The steps of a reachability test that need no listener: data address, packets, their size, and the guest's address.
import { runOk } from "../ssh/run-ok.ts";
import type { RemoteMachine } from "./machine.ts";
import type { ReachStep } from "#shared/contract/reach.ts";
import { guestMac } from "#shared/environments/guest-network.ts";
import { ipv4Number } from "#shared/environments/ipv4.ts";
import { reachedAddress } from "#shared/environments/network-footprint.ts";
import { readRoute } from "#shared/facts/network-path.ts";
import { answersIn, interfaceOfAddress, mtuIn, neighbourIn } from "#shared/facts/reach-reading.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { NetworkChoice } from "#shared/model/network-choice.ts";

/** What a step found: its status and sentence, and what the next steps need. */
export interface Told<T = null> {
  readonly status: Exclude<ReachStep["status"], "running">;
  readonly text: string;
  readonly value: T;
}

export interface Hosts {
  readonly sut: RemoteMachine;
  readonly loadgen: RemoteMachine;
}

/** The SUT's end: null members where they could not be found out. */
export interface SutEnd {
  readonly interface: string | null;
  readonly mtu: number | null;
}

/** The load generator's way to the data address. */
export interface Way {
  readonly interface: string | null;
  readonly mtu: number | null;
  /** Whether an echo came back, so that larger ones may be tried. */
  readonly answers: boolean;
}

/** Fails where the SUT has no such address. */
export async function checkDataAddress(
  sut: RemoteMachine,
  { sut: { dataAddress, dataInterface } }: Lab,
  signal: AbortSignal,
): Promise<Told<SutEnd | null>> {
  if (!/^[0-9.]+$|:/.test(dataAddress))
    return {
      status: "untested",
      text: `${dataAddress} is a name; which interface has its address is not looked up.`,
      value: { interface: null, mtu: null },
    };
  const { stdout } = await runOk(
    sut,
    { argv: ["ip", "-o", "address", "show"] },
    { signal, idempotent: true },
  );
  const name = interfaceOfAddress(stdout, dataAddress);
  if (name === null)
    return {
      status: "failed",
      text: `${sut.name} has no address ${dataAddress}. Correct the data address in the lab.`,
      value: null,
    };
  const mtu = await mtuOf(sut, name, signal);
  const size = mtu === null ? "" : `, MTU ${mtu} bytes`;
  // The named one may be a port of a bridge that has the address.
  const other = dataInterface !== undefined && dataInterface !== name;
  return {
    status: other ? "warning" : "ok",
    text: other
      ? `${dataAddress} is on ${name}${size}, not on ${dataInterface}, which the lab names.`
      : `${dataAddress} is on ${name}${size}.`,
    value: { interface: name, mtu },
  };
}

/** Route and echo. Echoes may be filtered where the ports are not, so their absence is no failure by itself. */
export async function checkPing(
  { loadgen }: Hosts,
  { sut: { dataAddress } }: Lab,
  signal: AbortSignal,
): Promise<Told<Way>> {
  const route = await routeTo(loadgen, dataAddress, signal);
  const name = route.interface;
  const mtu = name === null ? null : await mtuOf(loadgen, name, signal);
  const way = { interface: name, mtu };
  if (name === null)
    return {
      status: "failed",
      text: `${loadgen.name} has no route to ${dataAddress}. Give it an address in the data network, or a route.`,
      value: { ...way, answers: false },
    };
  const over = `over ${name}${route.via === null ? "" : `, through the gateway ${route.via}`}`;
  const answers = await ping(loadgen, ["-c", "2", "-i", "0.2", "-W", "1", dataAddress], signal);
  if (answers === null)
    return {
      status: "untested",
      text: `${loadgen.name} sends ${over}; without a ping (iputils) there the way itself is not tried.`,
      value: { ...way, answers: false },
    };
  return answers > 0
    ? { status: "ok", text: `${dataAddress} answers, ${over}.`, value: { ...way, answers: true } }
    : {
        status: "warning",
        text: `${dataAddress} does not answer a ping ${over}: a wrong network, or a filter of ICMP. The ports below decide.`,
        value: { ...way, answers: false },
      };
}

/** Packets as large as the load generator's interface sends them, not to be divided on the way. */
export async function checkPathMtu(
  loadgen: RemoteMachine,
  way: Way,
  end: SutEnd,
  { sut: { dataAddress } }: Lab,
  signal: AbortSignal,
): Promise<Told> {
  const name = way.interface ?? "the interface";
  if (way.mtu === null) return { status: "untested", text: `The MTU of ${name} is not told.`, value: null };
  // Less the headers of IP and ICMP.
  const payload = way.mtu - (ipv4Number(dataAddress) === null && dataAddress.includes(":") ? 48 : 28);
  // The largest that a packet's length field can tell is below the MTU of some interfaces (lo).
  const size = String(Math.min(payload, 65_507));
  const argv = ["-c", "2", "-i", "0.2", "-W", "1", "-M", "do", "-s", size, dataAddress];
  const answers = await ping(loadgen, argv, signal);
  if (answers === null)
    return {
      status: "untested",
      text: `The ping of ${loadgen.name} cannot forbid that packets are divided (-M do).`,
      value: null,
    };
  const differs = end.mtu !== null && end.mtu !== way.mtu;
  const ends = `${way.mtu} bytes on ${name} of the load generator, ${end.mtu ?? "unknown"} on ${end.interface ?? "the interface"} of the system under test`;
  if (answers === 0)
    return {
      status: "failed",
      text: `Packets of ${way.mtu} bytes do not get through undivided, small ones do (MTU: ${ends}). Large transfers may hang: set the same MTU on both ends and on all between.`,
      value: null,
    };
  return differs
    ? {
        status: "warning",
        text: `Packets of ${way.mtu} bytes get through, but the ends differ (MTU: ${ends}).`,
        value: null,
      }
    : { status: "ok", text: `Packets of ${way.mtu} bytes get through undivided.`, value: null };
}

/** An address that a guest or container is going to be given: it must be free, and on the load generator's way. */
export async function checkGuestAddress(
  { sut, loadgen }: Hosts,
  choice: NetworkChoice,
  lab: Lab,
  signal: AbortSignal,
): Promise<Told> {
  const address = reachedAddress(choice, lab);
  const who = choice.environment === "docker" ? "container" : "guest";
  const told = (status: Told["status"], text: string): Told => ({ status, text, value: null });
  const route = await routeTo(loadgen, address, signal);
  const taken = (by: string) =>
    told(
      "failed",
      `${address} is taken already: ${by}. Two machines with one address disturb each other; choose a free one in the lab.`,
    );
  if (route.interface === "lo") return taken(`it is an address of ${loadgen.name} itself`);
  const own = await runOk(sut, { argv: ["ip", "-o", "address", "show"] }, { signal, idempotent: true });
  const device = interfaceOfAddress(own.stdout, address);
  if (device !== null) return taken(`it is on ${device} of ${sut.name}`);
  if (route.interface === null)
    return told(
      "failed",
      `${loadgen.name} has no route to ${address}: it will not reach the ${who}. Choose an address in its data network.`,
    );
  const neighbour = await whoAnswers(loadgen, address, route.interface, signal);
  if (neighbour.mac !== null) {
    const self = neighbour.mac === guestMac(lab) ? " (an environment that Tare left up?)" : "";
    return taken(`${neighbour.mac} answers for it on the data network${self}`);
  }
  if (neighbour.echoes) return taken("somebody answers a ping there");
  if (route.via === null)
    return told("ok", `Nobody has ${address}, and the load generator looks for it on ${route.interface}.`);
  return route.via === lab.sut.dataAddress
    ? routedBySut(sut, address, signal)
    : told(
        "failed",
        `${loadgen.name} sends packets for ${address} to the gateway ${route.via}, not to the system under test. Choose an address in its data network, or add a route through ${lab.sut.dataAddress}.`,
      );
}

async function routedBySut(sut: RemoteMachine, address: string, signal: AbortSignal): Promise<Told> {
  const argv = ["cat", "/proc/sys/net/ipv4/ip_forward"];
  const { stdout } = await runOk(sut, { argv }, { signal, idempotent: true });
  return stdout.trim() === "1"
    ? {
        status: "ok",
        text: `Nobody has ${address}, and the load generator sends packets for it through the system under test, which forwards.`,
        value: null,
      }
    : {
        status: "failed",
        text: `The load generator sends packets for ${address} through the system under test, which does not forward: set net.ipv4.ip_forward = 1 on ${sut.name}, or choose an address in the load generator's network.`,
        value: null,
      };
}

/** The MAC address that answers for an address, asked anew: what the load generator remembers of it is forgotten first. */
async function whoAnswers(
  loadgen: RemoteMachine,
  address: string,
  device: string,
  signal: AbortSignal,
): Promise<{ readonly mac: string | null; readonly echoes: boolean }> {
  const place = ["to", address, "dev", device];
  const options = { signal, idempotent: true };
  await loadgen.run({ argv: ["ip", "neigh", "flush", ...place], root: true }, options);
  const answers = await ping(loadgen, ["-c", "2", "-i", "0.2", "-W", "1", address], signal);
  // Any packet makes the kernel ask for the address.
  if (answers === null) {
    const script = await loadgen.script("reach-ports.sh", signal);
    await loadgen.run({ argv: ["bash", script, address, "2", "udp/9"] }, options);
  }
  const { stdout } = await runOk(loadgen, { argv: ["ip", "-o", "neigh", "show", ...place] }, options);
  return { mac: neighbourIn(stdout), echoes: (answers ?? 0) > 0 };
}

async function routeTo(machine: RemoteMachine, address: string, signal: AbortSignal) {
  // A status other than 0 is "no route", which the text tells too.
  const argv = ["ip", "-o", "route", "get", address];
  const { stdout } = await machine.run({ argv }, { signal, idempotent: true });
  return readRoute(stdout);
}

async function mtuOf(machine: RemoteMachine, name: string, signal: AbortSignal): Promise<number | null> {
  const argv = ["ip", "-o", "link", "show", "dev", name];
  return mtuIn((await runOk(machine, { argv }, { signal, idempotent: true })).stdout);
}

/** Answers that came; null where there is no ping, or it does not know the options. */
async function ping(
  machine: RemoteMachine,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  const options = { signal, idempotent: true, timeLimitSeconds: 10 };
  return answersIn((await machine.run({ argv: ["ping", "-n", ...argv] }, options)).stdout);
}
