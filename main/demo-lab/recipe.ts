// What the lab's trees are made of: package lists as data, and the hash that names their cached builds.
import { createHash } from "node:crypto";

/** Packages of both hosts. */
export const hostPackages = [
  "apt",
  "ca-certificates",
  "ethtool",
  "fio",
  "gcc",
  "hwloc-nox",
  "iproute2",
  "iputils-ping",
  "kmod",
  "libc6-dev",
  "libgomp1",
  "make",
  "nuttcp",
  "numactl",
  "openssh-server",
  "procps",
  "psmisc",
  "redis-server",
  "redis-tools",
  "sudo",
  "sysbench",
  "util-linux",
] as const;

/** Packages of both hosts, too, as far as the sources have them: Debian before 13 has netperf in `non-free`. */
export const optionalHostPackages = ["netperf"] as const;

/** Component that is added to this machine's sources, for the lab's repository alone. */
export const extraComponent = "non-free";

/** What the system under test has on top: Docker Engine, libvirt, QEMU, and what builds root file systems. */
export const sutPackages = [
  "apt-utils",
  "busybox-static",
  "cpio",
  "dnsmasq-base",
  "docker.io",
  "e2fsprogs",
  "iptables",
  "libvirt-clients",
  "libvirt-daemon-driver-qemu",
  "libvirt-daemon-system",
  "mmdebstrap",
  "qemu-utils",
] as const;

/** Further packages that the SUT's package repository offers, for the userland that Tare builds there. */
export const userlandPackages = [
  "busybox-static",
  "libopenblas0-pthread",
  "mariadb-client-core",
  "mariadb-server-core",
] as const;

export interface Architecture {
  readonly qemu: string;
  /** Meta package of the kernel that guests boot; it and the kernel it names are in the repository. */
  readonly kernel: string;
}

export const architectures: Readonly<Record<string, Architecture>> = {
  amd64: { qemu: "qemu-system-x86", kernel: "linux-image-cloud-amd64" },
  arm64: { qemu: "qemu-system-arm", kernel: "linux-image-cloud-arm64" },
};

/** Parts of packages that nobody reads in a lab. */
export const excludedPaths = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"] as const;

export interface Recipe {
  /** Code name of the Debian release: `bookworm`. */
  readonly release: string;
  readonly architecture: string;
  readonly qemu: string;
  readonly kernel: string;
  readonly names: { readonly repository: string; readonly host: string; readonly sut: string };
}

/** The recipe for a release; `names` are the folders of the finished trees, which change when their content would. */
export function recipeFor(release: string, architecture: string, parts: Architecture): Recipe {
  const { qemu, kernel } = parts;
  const common = [release, architecture, "2"];
  const host = [...hostPackages, ...optionalHostPackages];
  const all = [...host, ...sutPackages, ...userlandPackages, qemu, kernel];
  return {
    release,
    architecture,
    qemu,
    kernel,
    names: {
      repository: `repository-${hash([...common, ...all])}`,
      host: `host-${hash([...common, ...host, ...excludedPaths])}`,
      sut: `sut-${hash([...common, ...all, ...excludedPaths])}`,
    },
  };
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
