// A configuration: an environment plus a choice on each axis (pinning, pages, network, storage).
import { z } from "zod";
import { cpuListSchema, devicePathSchema, idSchema, lineSchema } from "./text.ts";

export const environmentNames = ["native", "docker", "kvm"] as const;
export const environmentNameSchema = z.enum(environmentNames);
export type EnvironmentName = z.infer<typeof environmentNameSchema>;

/** NUMA policy, as numactl, cpuset-mems and numatune know it. */
export const memoryPolicySchema = z.discriminatedUnion("policy", [
  z.strictObject({ policy: z.literal("default") }),
  z.strictObject({ policy: z.literal("local") }),
  z.strictObject({ policy: z.literal("interleave"), nodes: cpuListSchema }),
  z.strictObject({ policy: z.literal("bind"), nodes: cpuListSchema }),
]);
export type MemoryPolicy = z.infer<typeof memoryPolicySchema>;

const pinningSchema = z.strictObject({
  /** CPUs of the host that may be used; absent: all. */
  cpus: cpuListSchema.optional(),
  memory: memoryPolicySchema,
  /** CPUs of the SUT that take the interrupts of its data interface; absent: as they are. */
  nicIrqs: cpuListSchema.optional(),
});

const nodePagesSchema = z.strictObject({
  node: z.number().int().min(0).max(1023),
  hugePages2M: z.number().int().min(0).max(16_777_216).optional(),
  hugePages1G: z.number().int().min(0).max(65_536).optional(),
});

const pagesSchema = z.strictObject({
  /** Mode of transparent huge pages during the runs; absent: as the host has it. */
  thp: z.enum(["always", "madvise", "never"]).optional(),
  /** How hard the kernel tries to make them at a page fault; absent: as the host has it. */
  thpDefrag: z.enum(["always", "defer", "defer+madvise", "madvise", "never"]).optional(),
  /** Number of 2 MiB pages to reserve on the host; absent: as the host has it. */
  hugePages2M: z.number().int().min(0).max(16_777_216).optional(),
  /** Number of 1 GiB pages to reserve on the host; absent: as the host has it. */
  hugePages1G: z.number().int().min(0).max(65_536).optional(),
  /** NUMA node that both are reserved on; absent: the kernel spreads them over all nodes. */
  hugePagesNode: z.number().int().min(0).max(1023).optional(),
  /** Reservations of single NUMA nodes, instead of the three above; a node or size that is not named stays as it is. */
  perNode: z.array(nodePagesSchema).min(1).optional(),
});
export type Pages = z.infer<typeof pagesSchema>;

/** A whole block device of the SUT for test data. Everything on it is overwritten, hence the proof and the typed serial number. */
const deviceStorageSchema = z.strictObject({
  /** `/dev/nvme1n1`, `/dev/mapper/…`, `/dev/disk/by-id/…`. */
  path: devicePathSchema,
  /** Serial number as a person typed it; it must be the one that the proof finds on the device. */
  serial: lineSchema,
});
export type DeviceStorage = z.infer<typeof deviceStorageSchema>;

const common = { id: idSchema, label: lineSchema, pinning: pinningSchema, pages: pagesSchema };

export const nativeConfigurationSchema = z.strictObject({
  ...common,
  environment: z.literal("native"),
  network: z.strictObject({ mode: z.literal("host") }),
  /** `file`: on the file system of Tare's data folder. `device`: a whole block device, without a file system. */
  storage: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("file") }),
    z.strictObject({ kind: z.literal("device"), device: deviceStorageSchema }),
  ]),
});

export const dockerConfigurationSchema = z.strictObject({
  ...common,
  environment: z.literal("docker"),
  /** `host`: the host's stack. `nat`: the default bridge with published ports. `macvlan`: an address of its own on the data interface. */
  network: z.discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("host") }),
    z.strictObject({
      mode: z.literal("nat"),
      /** Docker's userland proxy, a setting of the daemon; absent: as the daemon has it. */
      userlandProxy: z.boolean().optional(),
    }),
    z.strictObject({ mode: z.literal("macvlan") }),
  ]),
  /** `volume`: a folder of the host, bind-mounted. `layer`: the container's own file system. `device`: a whole block device. */
  storage: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.enum(["volume", "layer"]) }),
    z.strictObject({ kind: z.literal("device"), device: deviceStorageSchema }),
  ]),
});

export const kvmConfigurationSchema = z.strictObject({
  ...common,
  environment: z.literal("kvm"),
  machine: z.strictObject({
    /** `auto`: KVM where a probe guest boots with it, else emulation (TCG), which is marked wherever it shows. */
    accelerator: z.enum(["auto", "kvm", "tcg"]),
    vcpus: z.number().int().min(1).max(1024),
    memoryMiB: z.number().int().min(256).max(16_777_216),
    /** Or a model of libvirt's CPU map by its name (`SandyBridge`). */
    cpuModel: z
      .enum(["default", "host-model", "host-passthrough"])
      .or(
        z.string().regex(/^[A-Z][A-Za-z0-9_.-]{0,63}$/, "must be a CPU model of libvirt, like SandyBridge"),
      ),
    /** Shown to the guest; absent: one core a vCPU in one socket, or libvirt's default where the CPU model is. */
    topology: z
      .strictObject({
        sockets: z.number().int().min(1).max(64),
        cores: z.number().int().min(1).max(1024),
        threads: z.number().int().min(1).max(8),
      })
      .optional(),
    /** NUMA nodes that the guest sees, in order; they divide its vCPUs and memory. Absent: one node. */
    numaCells: z
      .array(
        z.strictObject({
          /** vCPUs of the node. */
          cpus: cpuListSchema,
          memoryMiB: z.number().int().min(64).max(16_777_216),
          /** Nodes of the host that its memory comes from. */
          hostNodes: cpuListSchema.optional(),
        }),
      )
      .optional(),
    /** Host CPUs of each vCPU, in order; absent: not pinned beyond `pinning.cpus`. */
    vcpuPins: z.array(cpuListSchema).optional(),
    emulatorPin: cpuListSchema.optional(),
    /** CPUs of the I/O thread; absent: those of the emulator. */
    ioThreadPin: cpuListSchema.optional(),
    /** Guest memory from reserved huge pages of the host. */
    hugePages: z.boolean(),
    /** Size of these pages; absent: 2 MiB. */
    hugePageKiB: z.literal([2048, 1_048_576]).optional(),
    /** Guest memory locked in the host's memory; absent: not. */
    locked: z.boolean().optional(),
  }),
  /**
   * `bridge`: virtio on a bridge over the data interface. `direct`: macvtap on the data interface.
   * `user`: QEMU's user-mode network with forwarded ports. `vhost` counts for the first two: `auto` is vhost where the host has it.
   */
  network: z.strictObject({
    mode: z.enum(["bridge", "direct", "user"]),
    vhost: z.enum(["auto", "on", "off"]),
  }),
  storage: z.strictObject({
    format: z.enum(["raw", "qcow2"]),
    cache: z.enum(["none", "writeback", "writethrough", "directsync", "unsafe"]),
    io: z.enum(["native", "threads", "io_uring"]),
    ioThread: z.boolean(),
    /** A block device of the host as a second disk, with the same cache, io and thread; test data then goes there. */
    device: deviceStorageSchema.optional(),
  }),
});

export const configurationSchema = z.discriminatedUnion("environment", [
  nativeConfigurationSchema,
  dockerConfigurationSchema,
  kvmConfigurationSchema,
]);
export type NativeConfiguration = z.infer<typeof nativeConfigurationSchema>;
export type DockerConfiguration = z.infer<typeof dockerConfigurationSchema>;
export type KvmConfiguration = z.infer<typeof kvmConfigurationSchema>;
export type Configuration = z.infer<typeof configurationSchema>;
