// What runs on this machine, for tests that must see that nothing is left.
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Ids of processes whose command line holds a text. */
export function processesWith(text: string): string[] {
  return processIds().filter((pid) => readProcess(pid, "cmdline").includes(text));
}

export function processIds(): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

/** A file of a process; empty where the process is gone. */
export function readProcess(pid: string | number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}
