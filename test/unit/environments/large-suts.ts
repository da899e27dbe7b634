// Facts of larger SUTs for tests of pinning, with all that Docker and guests need, and the lab that they are in.
import { parseFacts } from "#shared/facts/parse-facts.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";
import { type DescribedMachine, machineText, twoSockets } from "../facts/machine-text.ts";

export const dataLab: Lab = {
  ...sampleLab,
  sut: { ...sampleLab.sut, dataAddress: "198.18.1.2" },
  loadgen: { ...sampleLab.loadgen, dataAddress: "198.18.1.3" },
  guest: { address: "198.18.1.64/24" },
};

/** CPUs 4-7 of two sockets are isolated in the description; here none is. */
export const twoSocketSut = () => sutOf(twoSockets, { isolated: null });

export function sutOf(machine: DescribedMachine, cpu: Partial<Facts["cpu"]> = {}): Facts {
  const { docker, libvirt, qemu, kvm, vhostNet } = sampleFacts();
  const facts = parseFacts(machineText(machine), { machine: "sut" });
  return { ...facts, docker, libvirt, qemu, kvm, vhostNet, cpu: { ...facts.cpu, ...cpu } };
}

/** One interface on that node, with an interrupt on each of these CPUs. */
export function withNic(facts: Facts, node: number | null, cpus: readonly number[]): Facts {
  const [nic] = sampleFacts().nics;
  if (nic === undefined) throw new Error("the sample has an interface");
  const irqs = cpus.map((cpu, index) => ({ irq: 100 + index, cpus: facts.cpu.online, effective: `${cpu}` }));
  return { ...facts, nics: [{ ...nic, addresses: ["198.18.1.2/24"], node, irqs }] };
}
