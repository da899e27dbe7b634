// Walks to begin with: from a default to what is tuned, one change at a time, so that each gets its own share.
import { environmentOf } from "../environments/registry.ts";
import { fittedTo } from "../environments/presets.ts";
import type { Ladder } from "../model/campaign.ts";
import type { Configuration, DockerConfiguration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { workloadNames, type WorkloadName } from "../model/workload.ts";
import { workloads as registry } from "../workloads/registry.ts";
import { configurationDifferences } from "./configuration-differences.ts";

interface StepPreset {
  /** Follows the ladder's id in the configuration's. */
  readonly id: string;
  readonly label: string;
  /** The one change. */
  readonly change: (before: Configuration) => Configuration;
  /** Why the step may change nothing on a SUT; `%` stands for its host name. */
  readonly needless?: string;
}

export interface LadderPreset {
  readonly id: string;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly summary: string;
  /** What is worth measuring on it. */
  readonly workloads: "all" | "network" | readonly WorkloadName[];
  readonly start: Configuration;
  readonly steps: readonly StepPreset[];
}

/** A preset made to fit a SUT. */
export interface FittedLadder {
  /** In the order of the walk. */
  readonly configurations: readonly Configuration[];
  /** Null where fewer than two configurations are left. */
  readonly ladder: Ladder | null;
  /** What a campaign's `scope` says of each of them. */
  readonly workloads: readonly WorkloadName[];
  /** Steps that this SUT does not offer, each with the reason. */
  readonly leftOut: readonly { readonly id: string; readonly label: string; readonly reason: string }[];
}

const plain = { pinning: { memory: { policy: "default" } }, pages: {} } as const;
/** Parts of a machine merged field by field, of the other axes as a whole. */
const guest =
  (machine: Partial<KvmConfiguration["machine"]>, others: Partial<Omit<KvmConfiguration, "machine">> = {}) =>
  (before: Configuration): Configuration =>
    before.environment === "kvm"
      ? { ...before, ...others, machine: { ...before.machine, ...machine } }
      : before;
const container =
  (choices: Partial<DockerConfiguration>) =>
  (before: Configuration): Configuration =>
    before.environment === "docker" ? { ...before, ...choices } : before;

const oldDisk = { format: "qcow2", cache: "writeback", io: "threads" } as const;
const plainContainer = {
  ...plain,
  environment: "docker",
  network: { mode: "host" },
  storage: { kind: "volume" },
} as const;

export const ladderPresets: readonly LadderPreset[] = [
  {
    id: "walk-kvm",
    title: "KVM, from default to tuned",
    summary:
      "A guest as it comes out of the box, then one by one the choices that tuning guides make; format, cache and I/O mode of the disk are one choice.",
    workloads: "all",
    start: {
      ...plain,
      id: "walk-kvm",
      label: "KVM default",
      environment: "kvm",
      machine: { accelerator: "auto", vcpus: 2, memoryMiB: 2048, cpuModel: "default", hugePages: false },
      network: { mode: "bridge", vhost: "auto" },
      storage: { ...oldDisk, ioThread: false },
    },
    steps: [
      {
        id: "cpu-model",
        label: "KVM … + host-passthrough",
        change: guest({ cpuModel: "host-passthrough" }),
      },
      {
        id: "topology",
        label: "KVM … + topology",
        change: guest({ topology: { sockets: 1, cores: 2, threads: 1 } }),
        needless:
          "The CPUs of % are one socket with one thread a core, or no regular topology: the guest's default is the same.",
      },
      {
        id: "pinning",
        label: "KVM … + vCPU pinning",
        change: guest({ vcpuPins: ["0", "1"] }),
      },
      {
        id: "numa",
        label: "KVM … + guest NUMA",
        change: guest({ numaCells: [{ cpus: "0-1", memoryMiB: 2048, hostNodes: "0" }] }),
        needless: "The CPUs of % are on one NUMA node.",
      },
      {
        id: "huge-pages",
        label: "KVM … + huge pages",
        change: guest({ hugePages: true }, { pages: { hugePages2M: 1024 } }),
      },
      {
        id: "io-thread",
        label: "KVM … + I/O thread",
        change: guest({}, { storage: { ...oldDisk, ioThread: true } }),
      },
      {
        id: "disk",
        label: "KVM … + raw none native",
        change: guest({}, { storage: { format: "raw", cache: "none", io: "native", ioThread: true } }),
      },
    ],
  },
  {
    id: "walk-docker-network",
    title: "Docker's network, from NAT to the host's",
    summary:
      "What the userland proxy, the bridge with NAT, and a network stack of the container's own cost, each by itself.",
    workloads: "network",
    start: {
      ...plainContainer,
      id: "walk-docker-network",
      label: "Docker NAT with proxy",
      network: { mode: "nat", userlandProxy: true },
    },
    steps: [
      {
        id: "no-proxy",
        label: "Docker NAT without proxy",
        change: container({ network: { mode: "nat", userlandProxy: false } }),
      },
      { id: "macvlan", label: "Docker macvlan", change: container({ network: { mode: "macvlan" } }) },
      { id: "host", label: "Docker host network", change: container({ network: { mode: "host" } }) },
    ],
  },
  {
    id: "walk-docker-storage",
    title: "Docker's storage, from layer to volume",
    summary: "What the container's own file system (overlay2) costs against a folder of the host.",
    workloads: ["fio"],
    start: {
      ...plainContainer,
      id: "walk-docker-storage",
      label: "Docker layer storage",
      storage: { kind: "layer" },
    },
    steps: [
      { id: "volume", label: "Docker volume storage", change: container({ storage: { kind: "volume" } }) },
    ],
  },
];

/**
 * The configurations of a walk on one SUT, each fitted to its facts. A step that the SUT does not offer, or that would
 * change nothing on it, is left out with the reason, and the next one is made from the step before. Without facts the
 * preset's own numbers stay and nothing is checked.
 */
export function ladderConfigurations(preset: LadderPreset, facts: Facts | null): FittedLadder {
  const { start, steps } = preset;
  const leftOut: { id: string; label: string; reason: string }[] = [];
  const configurations: Configuration[] = [];
  let chosen = start;
  for (const step of [startOf(start), ...steps]) {
    const next = { ...step.change(chosen), id: idOf(start, step), label: step.label };
    const fitted = facts === null ? next : fittedTo(next, facts);
    const reason = reasonAgainst(step, configurations.at(-1), fitted, facts);
    if (reason === null) {
      configurations.push(fitted);
      chosen = next;
    } else leftOut.push({ id: next.id, label: step.label, reason });
    // Without its beginning a walk has nothing to change.
    if (configurations.length === 0) break;
  }
  const ids = configurations.map(({ id }) => id);
  return {
    configurations,
    ladder: ids.length < 2 ? null : { id: preset.id, title: preset.title, steps: ids },
    workloads: workloadsOf(preset),
    leftOut,
  };
}

function startOf({ label }: Configuration): StepPreset {
  return { id: "", label, change: (before) => before };
}

function idOf({ id }: Configuration, step: StepPreset): string {
  return step.id === "" ? id : `${id}-${step.id}`;
}

function reasonAgainst(
  { needless }: StepPreset,
  before: Configuration | undefined,
  fitted: Configuration,
  facts: Facts | null,
): string | null {
  const same = before !== undefined && configurationDifferences(before, fitted).length === 0;
  if (facts === null)
    return same
      ? "The system under test was never probed: whether this changes anything is not known."
      : null;
  if (same) return needless?.replace("%", facts.hostname) ?? `On ${facts.hostname} this changes nothing.`;
  const obstacle = environmentOf(fitted)
    .check(fitted, facts)
    .find(({ severity }) => severity === "error");
  return obstacle?.text ?? null;
}

function workloadsOf({ workloads }: LadderPreset): readonly WorkloadName[] {
  if (workloads === "all") return workloadNames;
  return workloads === "network" ? workloadNames.filter((name) => registry[name].network) : workloads;
}
