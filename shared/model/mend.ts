// A mend: what makes good that a host lacks for Tare. It stays on the host, unlike a change, and Tare does not undo it.
import { z } from "zod";

/** Every package that a mend may install, by Debian's name: nothing that a person typed is ever installed. */
export const mendPackages = [
  "docker-cli",
  "docker.io",
  "e2fsprogs",
  "ethtool",
  "gcc",
  "iproute2",
  "libc6-dev",
  "libvirt-clients",
  "libvirt-daemon-driver-qemu",
  "libvirt-daemon-system",
  "mmdebstrap",
  "netperf",
  "nuttcp",
  "qemu-system-x86",
  "qemu-utils",
  "redis-tools",
  "sysbench",
  "util-linux",
] as const;
export type MendPackage = (typeof mendPackages)[number];

const installSchema = z.strictObject({
  kind: z.literal("install"),
  packages: z.array(z.enum(mendPackages)).min(1).max(mendPackages.length),
});
export type InstallMend = z.infer<typeof installSchema>;

/** What Tare can do on a host by itself, as root. */
export const hostMendSchema = z.discriminatedUnion("kind", [
  installSchema,
  z.strictObject({
    kind: z.literal("start"),
    service: z.enum(["docker", "libvirtd"]),
    /** The program that starts services there: systemctl where process 1 is systemd. */
    manager: z.enum(["systemctl", "service"]),
  }),
  /** Loaded until the host boots again. */
  z.strictObject({ kind: z.literal("module"), module: z.enum(["kvm_amd", "kvm_intel", "vhost_net"]) }),
]);
export type HostMend = z.infer<typeof hostMendSchema>;

/** What only a person can do: what to do with the lines, then the lines. */
export interface CopyMend {
  readonly kind: "copy";
  readonly how: string;
  readonly lines: readonly string[];
}

export type Mend = HostMend | CopyMend;
