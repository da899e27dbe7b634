// The programs of a SUT that Docker and KVM cannot do without: what the probe says of each, and what has it.
import type { EnvironmentName } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { HostMend, MendPackage } from "../model/mend.ts";

export interface ProgramNeed {
  readonly id: string;
  readonly title: string;
  readonly environment: EnvironmentName;
  /** Debian's names. */
  readonly packages: (facts: Facts) => readonly MendPackage[];
  readonly state: (facts: Facts) => ProgramState;
}

export interface ProgramState {
  /** `unknown`: the probe did not look for it. */
  readonly status: "ok" | "missing" | "stopped" | "unknown";
  /** One sentence. */
  readonly text: string;
  /** Where it is stopped: the service to start. */
  readonly service?: Extract<HostMend, { kind: "start" }>["service"];
}

export const programNeeds: readonly ProgramNeed[] = [
  {
    id: "docker",
    title: "Docker Engine",
    environment: "docker",
    // Debian parted the client from the engine in release 13.
    packages: (facts) => ((debianRelease(facts) ?? 0) >= 13 ? ["docker.io", "docker-cli"] : ["docker.io"]),
    state: ({ docker, hostname }) => {
      if (docker === null) return { status: "missing", text: `Docker is not installed on ${hostname}.` };
      if (!docker.running)
        return {
          status: "stopped",
          text: `Docker is installed on ${hostname} but its daemon does not answer.`,
          service: "docker",
        };
      return { status: "ok", text: `${docker.version}, layers in ${docker.storageDriver}.` };
    },
  },
  {
    id: "libvirt",
    title: "libvirt",
    environment: "kvm",
    packages: () => ["libvirt-daemon-system", "libvirt-daemon-driver-qemu", "libvirt-clients"],
    state: ({ libvirt, hostname }) => {
      if (libvirt === null)
        return { status: "missing", text: `libvirt (virsh) is not installed on ${hostname}.` };
      if (!libvirt.running)
        return {
          status: "stopped",
          text: `libvirt is installed on ${hostname} but does not answer.`,
          service: "libvirtd",
        };
      return { status: "ok", text: `${libvirt.version}.` };
    },
  },
  {
    id: "qemu",
    title: "QEMU",
    environment: "kvm",
    packages: () => ["qemu-system-x86"],
    state: ({ qemu, hostname }) =>
      qemu === null
        ? { status: "missing", text: `QEMU (qemu-system-x86) is not installed on ${hostname}.` }
        : { status: "ok", text: `${qemu}.` },
  },
  tool("qemu-img", "qemu-utils", "makes the disks of guests"),
  tool("mke2fs", "e2fsprogs", "makes the file system of guests"),
];

/** A program that the probe looks for by its name. */
function tool(name: string, own: MendPackage, purpose: string): ProgramNeed {
  return {
    id: name,
    title: name,
    environment: "kvm",
    packages: () => [own],
    state: ({ tools, hostname }) => {
      const found = tools[name];
      if (found === undefined) return { status: "unknown", text: "The probe did not look for it." };
      return found === null
        ? { status: "missing", text: `${name} (${own}), which ${purpose}, is not installed on ${hostname}.` }
        : { status: "ok", text: `${found}.` };
    },
  };
}

/** Reasons why a SUT has no such environment: programs that are not there, or do not answer. */
export function programReasons(environment: EnvironmentName, facts: Facts): readonly string[] {
  return programNeeds
    .filter((need) => need.environment === environment)
    .map(({ state }) => state(facts))
    .filter(({ status }) => status === "missing" || status === "stopped")
    .map(({ text }) => text);
}

/** Debian's release as a number; null on any other system. */
export function debianRelease({ os }: Pick<Facts, "os">): number | null {
  const release = /^Debian GNU\/Linux (\d+)/.exec(os)?.[1];
  return release === undefined ? null : Number(release);
}
