// What the userland is made of, as data: its hash names the built tree.

/** Debian's and Ubuntu's names; all of them are in the main (Ubuntu: main and universe) component. */
export const userlandPackages = [
  "busybox-static",
  "e2fsprogs",
  "ethtool",
  "fio",
  "hwloc-nox",
  "iproute2",
  "iputils-ping",
  "kmod",
  "libgomp1",
  "libopenblas0-pthread",
  "nuttcp",
  "numactl",
  "openssh-server",
  "procps",
  "redis-server",
  "redis-tools",
  "util-linux",
] as const;

/** Scripts of assets/host that make a userland, and those that go into it; their text is part of the recipe. */
export const userlandScripts = [
  "userland-build.sh",
  "userland-unpack.sh",
  "guest-kernel.sh",
  "guest-parts.sh",
  "guest-initrd.sh",
  "guest-init.sh",
  "guest-files.sh",
  "container-run.sh",
] as const;

/** Package that names the newest kernel for guests, by the distribution's id; null where none is known. */
export function guestKernelPackage(distribution: string, architecture: string): string | null {
  if (distribution === "debian") return `linux-image-cloud-${architecture}`;
  if (distribution === "ubuntu") return "linux-image-virtual";
  return null;
}

/** A system as /etc/os-release describes it. */
export interface Release {
  /** `debian`, `ubuntu`, … */
  readonly id: string;
  /** `bookworm`; empty where the system has no code names. */
  readonly codename: string;
  /** `Debian GNU/Linux 12 (bookworm)`. */
  readonly title: string;
}

/** Reads the lines NAME=value and NAME="value" of /etc/os-release. */
export function parseRelease(text: string): Release {
  const values = new Map(
    text.split("\n").map((line) => {
      const at = line.indexOf("=");
      return [
        line.slice(0, at),
        line
          .slice(at + 1)
          .trim()
          .replace(/^(["'])(.*)\1$/, "$2"),
      ];
    }),
  );
  return {
    id: values.get("ID") ?? "",
    codename: values.get("VERSION_CODENAME") ?? "",
    title: values.get("PRETTY_NAME") ?? values.get("NAME") ?? "an unknown system",
  };
}
