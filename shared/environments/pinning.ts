// The pinning axis as the tools take it: numactl's arguments, Docker's cpuset options, libvirt's numatune.
import type { Configuration, MemoryPolicy } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { numbersOf } from "./cpu-list.ts";

type Pinning = Configuration["pinning"];

const numactlPolicy = (memory: MemoryPolicy): readonly string[] => {
  switch (memory.policy) {
    case "default":
      return [];
    case "local":
      return ["--localalloc"];
    case "interleave":
      return [`--interleave=${memory.nodes}`];
    case "bind":
      return [`--membind=${memory.nodes}`];
  }
};

/** The prefix that runs a program on its CPUs and nodes; empty where nothing is asked for. */
export function numactlPrefix(pinning: Pinning): readonly string[] {
  const options = [
    ...(pinning.cpus === undefined ? [] : [`--physcpubind=${pinning.cpus}`]),
    ...numactlPolicy(pinning.memory),
  ];
  return options.length === 0 ? [] : ["numactl", ...options, "--"];
}

/** What Docker's cpuset cannot say (local, interleave) and numactl does inside the container. */
export function containerNumactlPrefix(pinning: Pinning): readonly string[] {
  const { policy } = pinning.memory;
  if (policy !== "local" && policy !== "interleave") return [];
  return ["numactl", ...numactlPolicy(pinning.memory), "--"];
}

/** Options of `docker run` for the pinning axis. */
export function cpusetOptions(pinning: Pinning): readonly string[] {
  const { cpus, memory } = pinning;
  return [
    ...(cpus === undefined ? [] : ["--cpuset-cpus", cpus]),
    ...(memory.policy === "bind" ? ["--cpuset-mems", memory.nodes] : []),
    // Docker's seccomp profile forbids set_mempolicy without it.
    ...(containerNumactlPrefix(pinning).length === 0 ? [] : ["--cap-add", "SYS_NICE"]),
  ];
}

/** Number of the host's logical CPUs that the pinning leaves. */
export function pinnedCpus(pinning: Pinning, facts: Facts): number {
  return numbersOf(pinning.cpus ?? facts.cpu.online).length;
}
