// The data interfaces of both hosts: up, and as fast and as wide as when the campaign began.
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  unknown,
} from "./evidence-inputs.ts";
import { numbersOf } from "../environments/cpu-list.ts";
import { isMissing, type InterfaceCounts } from "./snapshot.ts";
import { windowOf } from "./window.ts";

export const judgeNic: EvidenceJudge = (inputs) => {
  if (!inputs.usesNetwork) return null;
  const { facts, sut, loadgen } = inputs;
  return itemOf("nic", true, [
    ...hostChecks(inputs, facts.sut.hostname, "sut", sut),
    ...interruptChecks(inputs),
    ...hostChecks(inputs, facts.loadgen?.hostname ?? "the load generator", "loadgen", loadgen),
  ]);
};

function hostChecks(
  { networkPath }: EvidenceInputs,
  host: string,
  role: "sut" | "loadgen",
  moments: EvidenceInputs["sut"],
): readonly Check[] {
  const expected = "data interfaces up, speed and MTU unchanged";
  const name = (role === "sut" ? networkPath?.sutInterface : networkPath?.loadgenInterface) ?? null;
  const window = windowOf(moments);
  if (name === null) return [unknown(expected, `the data interface of ${host} is not known`)];
  if (typeof window === "string") return [unknown(expected, `${host}, ${window}`)];
  const [before, after] = [window.before.nic, window.after.nic];
  if (before.mtu === null || after.mtu === null)
    return [unknown(expected, `${host} does not tell the MTU of ${name}`)];
  const mtu = networkPath?.mtu[role] ?? before.mtu;
  const up = before.carrier !== false && after.carrier !== false;
  const same = before.speedMbps === after.speedMbps && before.mtu === mtu && after.mtu === mtu;
  const speed = (mbps: number | null) => (mbps === null ? "speed unknown" : `${mbps} Mb/s`);
  const state = ({ speedMbps, mtu: bytes, carrier }: typeof after) =>
    `${carrier === false ? "without carrier, " : ""}${speed(speedMbps)}, MTU ${bytes}`;
  const changed =
    state(before) === state(after) ? state(after) : `${state(before)} before, ${state(after)} after`;
  const lost = lostPackets(window.before.interfaces, window.after.interfaces, name);
  const told = `${name} of ${host}: ${changed}${lost === 0 ? "" : `, ${lost} received packets lost`}`;
  return [check(up && same, expected, told)];
}

/** The interrupts where they were asked to be, at every moment: irqbalance, or a link that was set up anew, may move them. */
function interruptChecks({ configuration, sut }: EvidenceInputs): readonly Check[] {
  const { nicIrqs } = configuration.pinning;
  if (nicIrqs === undefined) return [];
  const expected = `interrupts of the data interface on CPUs ${nicIrqs}`;
  const wanted = numbersOf(nicIrqs).join();
  return [sut.before, sut.during, sut.after].map((seen) => {
    if (isMissing(seen)) return unknown(expected, seen.missing);
    const { irqs } = seen.nic;
    if (irqs.size === 0) return unknown(expected, "the data interface has no interrupts of its own");
    const elsewhere = [...irqs].filter(([, cpus]) => numbersOf(cpus).join() !== wanted);
    return check(
      elsewhere.length === 0,
      expected,
      elsewhere.length === 0
        ? `${irqs.size} interrupts on CPUs ${nicIrqs}`
        : elsewhere.map(([irq, cpus]) => `interrupt ${irq} on CPUs ${cpus}`).join(", "),
    );
  });
}

function lostPackets(
  before: readonly InterfaceCounts[],
  after: readonly InterfaceCounts[],
  name: string,
): number {
  const of = (counts: readonly InterfaceCounts[]) => counts.find((each) => each.name === name)?.lost ?? 0;
  return Math.max(0, of(after) - of(before));
}
