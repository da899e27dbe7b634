// What each NUMA policy means in each environment, in a line: the very options that carry it out.
import type { ConfigurationForm } from "../configuration-form.ts";
import type { EnvironmentName } from "#shared/model/configuration.ts";

export type Policy = ConfigurationForm["pinning"]["memory"]["policy"];

interface PolicyWords {
  readonly value: Policy;
  readonly title: string;
  readonly words: Readonly<Record<EnvironmentName, string>>;
}

/** As shared/environments/pinning.ts and domain-cpu.ts carry them out. */
export const policies: readonly PolicyWords[] = [
  {
    value: "default",
    title: "Kernel's default",
    words: {
      native: "Nothing is set: a page comes from the node of the CPU that touches it first.",
      docker: "No cpuset of memory: a page comes from the node of the CPU that touches it first.",
      kvm: "No numatune: guest memory comes from the node of the vCPU that touches it first.",
    },
  },
  {
    value: "local",
    title: "Local",
    words: {
      native: "numactl --localalloc: always the node of the CPU that asks.",
      docker: "numactl --localalloc inside the container: always the node of the CPU that asks.",
      kvm: "As the default: the kernel takes the node of the vCPU's CPU.",
    },
  },
  {
    value: "interleave",
    title: "Interleave",
    words: {
      native: "numactl --interleave: page by page over the nodes in turn.",
      docker: "numactl --interleave inside the container: page by page over the nodes in turn.",
      kvm: "numatune interleave: guest memory page by page over the nodes in turn.",
    },
  },
  {
    value: "bind",
    title: "Bind",
    words: {
      native: "numactl --membind: these nodes alone; it fails where they are full.",
      docker: "--cpuset-mems: these nodes alone; it fails where they are full.",
      kvm: "numatune strict: these nodes alone; it fails where they are full.",
    },
  },
];
