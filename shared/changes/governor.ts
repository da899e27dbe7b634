// CPU frequency governor of every cpufreq policy.
import type { Change } from "../model/change.ts";
import { scriptCommand, type Scripts } from "./script.ts";

/** Sets all policies to one governor. The state is one word, or `policy0=… policy1=…` where policies differ. */
export function governorChange(governor: string, scripts: Scripts): Change {
  return {
    kind: "cpu-governor",
    target: "/sys/devices/system/cpu/cpufreq/policy*/scaling_governor",
    title: `Set the CPU frequency governor to ${governor}`,
    probe: scriptCommand(scripts, "settings.sh", "governor-probe"),
    wanted: governor,
    apply: [scriptCommand(scripts, "settings.sh", "governor-set", governor)],
    undo: [scriptCommand(scripts, "settings.sh", "governor-set", "{before}")],
    lasting: true,
  };
}
