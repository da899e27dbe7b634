// The software part of the facts: Docker, libvirt, QEMU, /dev/kvm, sysctls, tools.
import type { Facts } from "../model/facts.ts";
import { parseJson, type ProbeText } from "./probe-text.ts";

/** Programs that Tare may need, as facts.sh asks for them. */
export const toolNames = [
  "gcc",
  "fio",
  "nuttcp",
  "redis-server",
  "redis-benchmark",
  "netperf",
  "sysbench",
  "mariadbd",
  "mysqld",
  "numactl",
  "docker",
  "virsh",
  "qemu-system-x86_64",
  "qemu-system-aarch64",
  "qemu-kvm",
  "qemu-img",
  "mke2fs",
  "cpio",
  "mmdebstrap",
  "debootstrap",
  "ethtool",
  "iproute2",
  "taskset",
  "flock",
  "setsid",
] as const;

/** What tools print that do not know the question; BusyBox and numactl 2.0.16 among them. */
const noVersion = /unrecogni[sz]ed option|(invalid|unknown|illegal) option|^usage\b/i;

/** A tool that prints no version is there all the same. */
export function readTools(probe: ProbeText): Facts["tools"] {
  return Object.fromEntries(
    toolNames.map((name) => {
      const version = probe.tools.get(name);
      if (version === undefined) return [name, null];
      return [name, version === "" || noVersion.test(version) ? "version unknown" : version];
    }),
  );
}

export function readSysctls(probe: ProbeText): Facts["sysctls"] {
  const found = probe
    .files(/^\/proc\/sys\/((?:net|vm|kernel|fs)\/.+)$/)
    .map(({ groups: [path = ""], value }): [string, string] => [
      path.replaceAll("/", "."),
      value.replaceAll(/\s+/g, " "),
    ])
    .filter(([name]) => !identityNames.has(name));
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Files below /proc/sys that say who the machine is; the facts hold them elsewhere. */
const identityNames = new Set([
  "kernel.arch",
  "kernel.hostname",
  "kernel.random.boot_id",
  "kernel.osrelease",
  "kernel.version",
]);

export function readDocker(probe: ProbeText): Facts["docker"] {
  const client = probe.tools.get("docker");
  const daemonRuns = commNames(probe).has("dockerd");
  if (client === undefined && !daemonRuns) return null;
  const [version, storageDriver, cgroupDriver] = (probe.command("docker") ?? "").split("\n").map((line) => {
    const value = parseJson(line);
    return typeof value === "string" && value !== "" ? value : null;
  });
  const running = version !== undefined && version !== null;
  return {
    version: version ?? client ?? "unknown",
    storageDriver: storageDriver ?? "unknown",
    userlandProxy: running || daemonRuns ? readUserlandProxy(probe) : null,
    cgroupDriver: cgroupDriver ?? null,
    running: running || daemonRuns,
  };
}

/** dockerd takes the option from its command line or its file, never both; without either the proxy is used. */
function readUserlandProxy(probe: ProbeText): boolean {
  const onCommandLine = /^--userland-proxy(?:=(\S+))?$/m.exec(probe.command("dockerd") ?? "");
  if (onCommandLine !== null) return !/^(false|0|f)$/i.test(onCommandLine[1] ?? "true");
  const file = parseJson(probe.file("/etc/docker/daemon.json"));
  if (typeof file !== "object" || file === null) return true;
  return (file as Record<string, unknown>)["userland-proxy"] !== false;
}

export function readLibvirt(probe: ProbeText): Facts["libvirt"] {
  const version = probe.tools.get("virsh");
  const names = commNames(probe);
  const daemonRuns = names.has("libvirtd") || names.has("virtqemud");
  if (version === undefined && !daemonRuns) return null;
  // systemd starts the daemon at the first connection to its socket.
  const activated =
    probe.value("/proc/1/comm") === "systemd" &&
    (probe.exists("/run/libvirt/libvirt-sock") || probe.exists("/run/libvirt/virtqemud-sock"));
  // One file a model, named after it; the two others describe features and vendors.
  const cpuModels = probe
    .paths(/\/cpu_map\/x86_([A-Z][^/]*)\.xml$/)
    .flatMap(([name]) => (name === undefined ? [] : [name]));
  return {
    version: version ?? "unknown",
    running: daemonRuns || activated,
    ...(cpuModels.length === 0 ? {} : { cpuModels }),
  };
}

/** Number of CAP_SYS_RESOURCE (include/uapi/linux/capability.h). */
const capSysResource = 24n;

/** What a machine may refuse to QEMU although everything is installed. Nothing where the probe did not see it. */
export function readLimits(probe: ProbeText): Pick<Facts, "tapNodes" | "raisesLimits"> {
  const mounts = probe.file("/proc/self/mountinfo");
  const dev = /^\S+ \S+ \S+ \S+ \/dev .* - (\S+) /m.exec(mounts ?? "")?.[1];
  const bounds = /^CapBnd:\s*([0-9a-f]{1,32})$/m.exec(probe.file("/proc/self/status") ?? "")?.[1];
  return {
    ...(dev === undefined ? {} : { tapNodes: dev === "devtmpfs" }),
    ...(bounds === undefined
      ? {}
      : { raisesLimits: ((BigInt(`0x${bounds}`) >> capSysResource) & 1n) === 1n }),
  };
}

export function readQemu(probe: ProbeText): string | null {
  const native = probe.meta("architecture") === "aarch64" ? "qemu-system-aarch64" : "qemu-system-x86_64";
  return probe.tools.get(native) ?? probe.tools.get("qemu-kvm") ?? null;
}

/** Presence only: whether a guest can run is for the probe guest to say. */
export function readKvm(probe: ProbeText): Facts["kvm"] {
  if (!probe.exists("/dev/kvm")) {
    return { present: false, usable: false, reason: "/dev/kvm does not exist on this machine." };
  }
  const reason =
    probe.meta("kvmAccess") === "yes"
      ? "/dev/kvm exists; no probe guest has run yet."
      : "/dev/kvm exists, but this account may not open it; no probe guest has run yet.";
  return { present: true, usable: null, reason };
}

export function readIrqbalance(probe: ProbeText): boolean {
  return commNames(probe).has("irqbalance");
}

function commNames(probe: ProbeText): Set<string> {
  return new Set(probe.files(/^\/proc\/\d+\/comm$/).map(({ value }) => value));
}
