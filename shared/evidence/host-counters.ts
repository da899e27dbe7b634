// What the SUT counted during the measured program, for measurements that need it besides the program's output.
import type { HostCounters } from "../model/workload.ts";
import type { Moments } from "./evidence-inputs.ts";
import { windowOf } from "./window.ts";

/** Columns of /proc/stat. */
const idle = 3;
const iowait = 4;

/** Null where a snapshot is missing. The window is longer than the program ran by its start and by the looking. */
export function hostCounters(moments: Moments): HostCounters | null {
  const window = windowOf(moments);
  if (typeof window === "string") return null;
  const { before, after } = window;
  const spent = after.cpu.map((ticks, mode) => Math.max(0, ticks - (before.cpu[mode] ?? 0)));
  const all = spent.reduce((total, ticks) => total + ticks, 0);
  const unused = (spent[idle] ?? 0) + (spent[iowait] ?? 0);
  const seconds = after.uptimeSeconds - before.uptimeSeconds;
  if (seconds <= 0 || all === 0) return null;
  // An interface that came meanwhile counts from nothing; one that was made anew counts as still.
  const packets = (key: "receivedPackets" | "sentPackets") =>
    after.interfaces
      .filter(({ name }) => name !== "lo")
      .reduce((total, each) => {
        const earlier = before.interfaces.find(({ name }) => name === each.name)?.[key] ?? 0;
        return total + Math.max(0, each[key] - earlier);
      }, 0);
  return {
    seconds,
    cpuBusy: (all - unused) / all,
    receivedPackets: packets("receivedPackets"),
    sentPackets: packets("sentPackets"),
  };
}

/** Share of CPU time that a hypervisor gave to others while a CPU wanted it, 0 to 1; null where nothing was counted. */
export function stealShare(moments: Moments): number | null {
  const window = windowOf(moments);
  if (typeof window === "string") return null;
  const spent = window.after.cpu.map((ticks, mode) => Math.max(0, ticks - (window.before.cpu[mode] ?? 0)));
  const all = spent.reduce((total, ticks) => total + ticks, 0);
  return all === 0 ? null : (spent.at(-1) ?? 0) / all;
}
