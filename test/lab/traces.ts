// Looks for anything that a demo lab may have left on this machine; other labs may be running meanwhile.
import { execFileSync } from "node:child_process";
import { globSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostRoles } from "#shared/model/lab.ts";
import { namespaceName, outerInterfaceName, slotCount } from "#main/demo-lab/names.ts";

/** One line for each thing that is still there of the lab `id`, whose state is below `stateFolder`. */
export function tracesOf(stateFolder: string, id: string): string[] {
  const namespaces = hostRoles.map((role) => namespaceName(id, role));
  return [
    ...readdirOrNone("/run/netns")
      .filter((name) => namespaces.includes(name))
      .map((name) => `namespace ${name}`),
    ...orphanInterfaces().map((name) => `interface ${name}`),
    ...namespaces.flatMap((name) => globSync(`/sys/fs/cgroup/{,*/}${name}`)).map((path) => `cgroup ${path}`),
    ...claims()
      .filter(({ folder }) => folder.startsWith(stateFolder))
      .map(({ name }) => `claim ${name}`),
    ...processes(stateFolder),
    ...readdirOrNone(stateFolder).map((name) => `folder ${name}`),
  ];
}

/** Interfaces named for a slot that no lab holds. */
function orphanInterfaces(): string[] {
  const held = new Set(claims().map(({ name }) => name));
  const there = new Set(
    (JSON.parse(execFileSync("ip", ["-j", "link"], { encoding: "utf8" })) as { ifname: string }[]).map(
      ({ ifname }) => ifname,
    ),
  );
  return Array.from({ length: slotCount }, (_, slot) => slot)
    .filter((slot) => !held.has(`slot-${slot}`))
    .flatMap((slot) => hostRoles.map((role) => outerInterfaceName(slot, role)))
    .filter((name) => there.has(name));
}

function claims(): { name: string; folder: string }[] {
  return readdirOrNone("/run/tare")
    .filter((name) => /^(slot|lab)-/.test(name))
    .map((name) => ({ name, folder: quietly(() => readlinkSync(`/run/tare/${name}`)) }));
}

/** Processes that have a file system of the lab mounted or were started for its folder. */
function processes(stateFolder: string): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) =>
      ["mountinfo", "cmdline"].some((file) =>
        quietly(() => readFileSync(`/proc/${pid}/${file}`, "utf8")).includes(stateFolder),
      ),
    )
    .map(
      (pid) =>
        `process ${pid} ${quietly(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ")}`,
    );
}

function readdirOrNone(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** A process or claim may vanish while it is looked at. */
function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
