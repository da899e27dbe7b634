// A host in one sentence: processor, memory, kernel, with what stands beneath it.
import type { Facts } from "../model/facts.ts";
import { bytesText, countText } from "./number.ts";

/** `The system under test (198.18.1.2) has an …`; says so where no facts were kept. */
export function machineSentence(title: string, address: string, facts: Facts | null): string {
  if (facts === null)
    return `Of ${title.charAt(0).toLowerCase()}${title.slice(1)} (${address}) no facts were kept`;
  const { cpu, memory, os, kernel, clockSource } = facts;
  const parts = [
    `${cpu.model} (${countText(cpu.sockets, "socket")}, ${countText(cpu.cores, "core")}, ${countText(cpu.threads, "thread")})`,
    `${bytesText(memory.totalBytes)} of memory in ${countText(memory.nodes.length, "NUMA node")}`,
    `${os} with the kernel ${kernel.release}`,
  ];
  const state = [
    cpu.governor === null ? "" : `CPU governor ${cpu.governor}`,
    memory.thp === null ? "" : `transparent huge pages ${memory.thp.enabled}`,
    clockSource === null ? "" : `clock source ${clockSource}`,
    cpu.hypervisor === null ? "" : `itself a guest of ${cpu.hypervisor}`,
  ].filter(Boolean);
  return `${title} (${address}): ${parts.join("; ")}${state.length === 0 ? "" : `; ${state.join(", ")}`}`;
}
