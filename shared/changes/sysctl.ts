// Kernel parameters below /proc/sys.
import type { Change } from "../model/change.ts";
import { TareError } from "../model/error.ts";
import { scriptCommand, type Scripts } from "./script.ts";

/** The state is the value with runs of blanks as one space. Throws INPUT_INVALID for what is no sysctl name. */
export function sysctlChange(name: string, value: string, scripts: Scripts): Change {
  if (!/^[a-z0-9_]+(\.[a-zA-Z0-9_-]+)+$/.test(name))
    throw new TareError("INPUT_INVALID", `"${name}" is not a sysctl name like vm.swappiness.`);
  const wanted = value.trim().replaceAll(/\s+/g, " ");
  return {
    kind: "sysctl",
    target: `/proc/sys/${name.replaceAll(".", "/")}`,
    title: `Set ${name} to ${wanted}`,
    probe: scriptCommand(scripts, "settings.sh", "sysctl-probe", name),
    wanted,
    apply: [scriptCommand(scripts, "settings.sh", "sysctl-set", name, wanted)],
    undo: [scriptCommand(scripts, "settings.sh", "sysctl-set", name, "{before}")],
    lasting: true,
  };
}

/**
 * Lets bridged guests be reached on a host where Docker runs: Docker has bridged frames pass through iptables,
 * whose FORWARD chain it may set to DROP. Not available, and not needed, where br_netfilter is not loaded.
 */
export function bridgedTrafficChange(scripts: Scripts): Change {
  return {
    ...sysctlChange("net.bridge.bridge-nf-call-iptables", "0", scripts),
    title: "Keep bridged frames out of iptables (net.bridge.bridge-nf-call-iptables = 0)",
  };
}
