// What the userland is made of, as data: its hash names the built tree.

/** Debian's and Ubuntu's names; all of them are in the main (Ubuntu: main and universe) component. Without them nothing is built. */
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
  "sysbench",
  "util-linux",
] as const;

/**
 * What not every release or mirror has: without it the userland is built all the same, and only the workload that
 * needs it cannot run. Each has its names in order of preference; the first that is offered whole is taken.
 */
export const optionalPackages = [
  // mariadb-install-db needs one program of the client's package.
  [
    ["mariadb-server-core", "mariadb-client-core"],
    ["mariadb-server-core-10.6", "mariadb-client-core-10.6"],
    ["mariadb-server-core-10.5", "mariadb-client-core-10.5"],
  ],
  [["netperf"]],
] as const satisfies readonly (readonly (readonly [string, ...string[]])[])[];

/** The component that has netperf where main has not (Debian before 13, Ubuntu), by the distribution's id; empty where none is known. */
export function extraComponent(distribution: string): string {
  if (distribution === "debian") return "non-free";
  if (distribution === "ubuntu") return "multiverse";
  return "";
}

/** What the userland is made of on a host, by the lines that `apt-sources.sh offered` printed there. */
export interface PackageChoice {
  readonly packages: readonly string[];
  /** Component to be added to the sources for the build; empty where none is needed. */
  readonly component: string;
  /** Optional packages that none of the sources has, by their usual names. */
  readonly missing: readonly string[];
}

export function choosePackages(offered: string): PackageChoice {
  const lines = offered.split("\n").filter((line) => line !== "");
  const components = new Map(lines.map((line) => [line.split(" ")[0] ?? "", line.split(" ")[1] ?? ""]));
  const groups = optionalPackages.map((names) => ({
    usual: names[0][0],
    taken: names.find((each) => each.every((name) => components.has(name))),
  }));
  const chosen: readonly string[] = groups.flatMap(({ taken }) => taken ?? []);
  return {
    packages: [...userlandPackages, ...chosen],
    component: chosen.map((name) => components.get(name) ?? "").find((component) => component !== "") ?? "",
    missing: groups.filter(({ taken }) => taken === undefined).map(({ usual }) => usual),
  };
}

/** Scripts of assets/host that make a userland, and those that go into it; their text is part of the recipe. */
export const userlandScripts = [
  "apt-sources.sh",
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
