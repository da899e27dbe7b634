// A configuration: an environment plus a choice on each axis (pinning, pages, network, storage).
import { z } from "zod";
import { cpuListSchema, idSchema, lineSchema } from "./text.ts";

const environmentNames = ["native", "docker", "kvm"] as const;
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
});

const pagesSchema = z.strictObject({
  /** Mode of transparent huge pages during the runs; absent: as the host has it. */
  thp: z.enum(["always", "madvise", "never"]).optional(),
  /** Number of 2 MiB pages to reserve on the host; absent: as the host has it. */
  hugePages2M: z.number().int().min(0).max(16_777_216).optional(),
});

const common = { id: idSchema, label: lineSchema, pinning: pinningSchema, pages: pagesSchema };

export const nativeConfigurationSchema = z.strictObject({
  ...common,
  environment: z.literal("native"),
  network: z.strictObject({ mode: z.literal("host") }),
  storage: z.strictObject({ kind: z.literal("file") }),
});

export const dockerConfigurationSchema = z.strictObject({
  ...common,
  environment: z.literal("docker"),
  /** `host`: the host's stack. `nat`: the default bridge with published ports. */
  network: z.strictObject({ mode: z.enum(["host", "nat"]) }),
  /** `volume`: a folder of the host, bind-mounted. `layer`: the container's own file system. */
  storage: z.strictObject({ kind: z.enum(["volume", "layer"]) }),
});

export const kvmConfigurationSchema = z.strictObject({
  ...common,
  environment: z.literal("kvm"),
  machine: z.strictObject({
    /** `auto`: KVM where a probe guest boots with it, else emulation (TCG), which is marked wherever it shows. */
    accelerator: z.enum(["auto", "kvm", "tcg"]),
    vcpus: z.number().int().min(1).max(1024),
    memoryMiB: z.number().int().min(256).max(16_777_216),
    cpuModel: z.enum(["default", "host-model", "host-passthrough"]),
    /** Host CPUs of each vCPU, in order; absent: not pinned beyond `pinning.cpus`. */
    vcpuPins: z.array(cpuListSchema).optional(),
    emulatorPin: cpuListSchema.optional(),
    /** Guest memory from reserved 2 MiB pages of the host. */
    hugePages: z.boolean(),
  }),
  network: z.strictObject({ mode: z.literal("bridge"), vhost: z.enum(["auto", "off"]) }),
  storage: z.strictObject({
    format: z.enum(["raw", "qcow2"]),
    cache: z.enum(["none", "writeback", "writethrough", "directsync", "unsafe"]),
    io: z.enum(["native", "threads", "io_uring"]),
    ioThread: z.boolean(),
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
