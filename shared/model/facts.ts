// What a machine was: the facts of a host, guest or container, as a probe found them.
// `null` everywhere means "this machine does not offer it", never "not looked at".
import { z } from "zod";
import { machineSchema } from "./lab.ts";
import { timeSchema } from "./text.ts";

const count = z.number().int().nonnegative();
const text = z.string();
const maybe = text.nullable();

const cacheSchema = z.strictObject({
  level: count,
  type: z.enum(["Data", "Instruction", "Unified"]),
  sizeBytes: count,
  /** CPU list that shares one such cache. */
  sharedBy: text,
  instances: count,
});

const cpuFactsSchema = z.strictObject({
  model: text,
  vendor: text,
  architecture: text,
  flags: z.array(text),
  microcode: maybe,
  sockets: count,
  cores: count,
  threads: count,
  online: text,
  /** CPUs that the probe itself may run on: less than `online` in a container or cgroup with a CPU set. */
  allowed: text.optional(),
  isolated: maybe,
  /** One entry a logical CPU that is online; empty where /sys shows none. `core` counts physical cores over the whole machine; `l3` is the CPU list of the shared cache. */
  topology: z.array(z.strictObject({ cpu: count, core: count, socket: count, node: count, l3: maybe })),
  caches: z.array(cacheSchema),
  smt: maybe,
  mitigations: z.record(text, text),
  governor: maybe,
  frequencyDriver: maybe,
  /** Limits that are set now: the lowest and the highest of all policies. */
  frequencyKhz: z.strictObject({ min: count, max: count }).nullable(),
  turbo: z.boolean().nullable(),
  hypervisor: maybe,
});

const hugePagesSchema = z.strictObject({
  sizeBytes: count,
  /** Null: the whole machine. */
  node: count.nullable(),
  total: count,
  free: count,
});

const memoryFactsSchema = z.strictObject({
  totalBytes: count,
  availableBytes: count,
  swapTotalBytes: count,
  swapUsedBytes: count,
  /** NUMA nodes that the probe itself may take memory from. */
  allowedNodes: text.optional(),
  nodes: z.array(
    z.strictObject({
      node: count,
      cpus: text,
      totalBytes: count,
      freeBytes: count,
      /** Pages of 2 MiB that its free memory holds in one piece, from /proc/buddyinfo; absent where that is not readable. */
      free2M: count.optional(),
    }),
  ),
  thp: z.strictObject({ enabled: text, defrag: text }).nullable(),
  hugePages: z.array(hugePagesSchema),
});

const nicFactsSchema = z.strictObject({
  name: text,
  driver: maybe,
  mac: maybe,
  addresses: z.array(text),
  up: z.boolean(),
  speedMbps: count.nullable(),
  duplex: maybe,
  mtu: count,
  queues: z.strictObject({ rx: count, tx: count }),
  /** Features that `ethtool -k` shows as on. */
  offloads: z.array(text),
  node: count.nullable(),
  irqs: z.array(
    z.strictObject({
      irq: count,
      /** CPUs that may take it. */
      cpus: text,
      /** CPUs that do; absent in facts of older versions, and where the kernel does not tell. */
      effective: text.optional(),
    }),
  ),
  /** Bridge that the interface is enslaved to. */
  master: maybe,
});

const blockFactsSchema = z.strictObject({
  name: text,
  sizeBytes: count,
  model: maybe,
  serial: maybe,
  rotational: z.boolean(),
  scheduler: maybe,
  mounts: z.array(text),
  holders: z.array(text),
  partitions: z.array(text),
  fileSystem: maybe,
  /** NUMA node that it is attached to; null where the machine does not say, absent in facts of older versions. */
  node: count.nullable().optional(),
  /** Its partitions one by one, the same as `partitions`; absent in facts of older versions. */
  parts: z
    .array(
      z.strictObject({
        name: text,
        sizeBytes: count.nullable(),
        mounts: z.array(text),
        holders: z.array(text),
        fileSystem: maybe,
      }),
    )
    .optional(),
});

export const factsSchema = z.strictObject({
  machine: machineSchema,
  /** Container that was looked into, where it was one. */
  container: maybe,
  takenAt: timeSchema,
  hostname: text,
  bootId: text,
  os: text,
  kernel: z.strictObject({ release: text, version: text, commandLine: text }),
  clockSource: maybe,
  cgroup: z.enum(["v1", "v2", "hybrid", "none"]),
  init: text,
  cpu: cpuFactsSchema,
  memory: memoryFactsSchema,
  nics: z.array(nicFactsSchema),
  /** sysctls that matter for the figures: net.ipv4.tcp_*, net.core.*, vm.*, kernel.numa_balancing. */
  sysctls: z.record(text, text),
  blocks: z.array(blockFactsSchema),
  docker: z
    .strictObject({
      version: text,
      storageDriver: text,
      userlandProxy: z.boolean().nullable(),
      cgroupDriver: maybe,
      running: z.boolean(),
    })
    .nullable(),
  libvirt: z
    .strictObject({
      version: text,
      running: z.boolean(),
      /** Names of libvirt's CPU map; absent where it was not found. */
      cpuModels: z.array(text).optional(),
    })
    .nullable(),
  qemu: maybe,
  /** Whether a guest can really run on /dev/kvm: `usable` only after a probe guest ran. */
  kvm: z.strictObject({ present: z.boolean(), usable: z.boolean().nullable(), reason: text }),
  vhostNet: z.boolean(),
  /** Whether irqbalance runs, which moves interrupts between CPUs; absent in facts of older versions. */
  irqbalance: z.boolean().optional(),
  /** Whether nodes of new devices appear in /dev by themselves (devtmpfs), which macvtap needs. */
  tapNodes: z.boolean().optional(),
  /** Whether root may raise resource limits (CAP_SYS_RESOURCE is in the bounding set). */
  raisesLimits: z.boolean().optional(),
  /** Whether the C library's headers are there, which Tare's programs are compiled with. */
  cHeaders: z.boolean().optional(),
  /** Program name -> version line, or null where it is missing. */
  tools: z.record(text, maybe),
  /** The account that logged in. `sudo`: `sudo -n` works; false for root, who needs none. */
  root: z.strictObject({ user: text, uid: count, sudo: z.boolean() }),
  /** Free bytes where Tare keeps its files. */
  freeBytes: count,
});
export type Facts = z.infer<typeof factsSchema>;

/** A fact that differs between two probes. */
export interface FactDifference {
  /** Dotted path, such as `memory.thp.enabled`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
