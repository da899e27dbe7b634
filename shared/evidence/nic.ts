// The data interfaces of both hosts: up, and as fast and as wide as when the campaign began.
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  unknown,
} from "./evidence-inputs.ts";
import type { InterfaceCounts } from "./snapshot.ts";
import { windowOf } from "./window.ts";

export const judgeNic: EvidenceJudge = (inputs) => {
  if (!inputs.usesNetwork) return null;
  const { facts, sut, loadgen } = inputs;
  return itemOf("nic", true, [
    ...hostChecks(inputs, facts.sut.hostname, "sut", sut),
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

function lostPackets(
  before: readonly InterfaceCounts[],
  after: readonly InterfaceCounts[],
  name: string,
): number {
  const of = (counts: readonly InterfaceCounts[]) => counts.find((each) => each.name === name)?.lost ?? 0;
  return Math.max(0, of(after) - of(before));
}
