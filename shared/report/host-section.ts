// The report's parts on the hosts: what they were, what was changed on them, what remained different.
import type { Campaign } from "../model/campaign.ts";
import type { ChangeStatus } from "../model/change.ts";
import type { Facts } from "../model/facts.ts";
import { hostRoles } from "../model/lab.ts";
import type { Machine } from "../model/lab.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import { bytesText, countText } from "./number.ts";

export const machineTitles: Readonly<Record<Machine, string>> = {
  sut: "system under test",
  loadgen: "load generator",
  guest: "guest",
};

interface HostFacts {
  readonly sut: Facts | null;
  readonly loadgen: Facts | null;
}

/** The main facts of a host, by title. */
export const mainFacts: readonly (readonly [string, (found: Facts) => string])[] = [
  ["host name", ({ hostname }) => hostname],
  ["operating system", ({ os }) => os],
  ["kernel", ({ kernel }) => kernel.release],
  [
    "CPU",
    ({ cpu }) =>
      `${cpu.model}; ${countText(cpu.sockets, "socket")}, ${countText(cpu.cores, "core")}, ${countText(cpu.threads, "thread")}`,
  ],
  ["hypervisor beneath", ({ cpu }) => cpu.hypervisor ?? "none seen"],
  ["governor", ({ cpu }) => cpu.governor ?? "not offered"],
  [
    "memory",
    ({ memory }) => `${bytesText(memory.totalBytes)}, ${countText(memory.nodes.length, "NUMA node")}`,
  ],
  ["transparent huge pages", ({ memory }) => memory.thp?.enabled ?? "not offered"],
  ["clock source", ({ clockSource }) => clockSource ?? "not offered"],
  [
    "Docker",
    ({ docker }) => (docker === null ? "not installed" : `${docker.version}, ${docker.storageDriver}`),
  ],
  ["libvirt", ({ libvirt }) => libvirt?.version ?? "not installed"],
  ["QEMU", ({ qemu }) => qemu ?? "not installed"],
];

/** The main facts of both hosts, side by side. */
export function hostSection({ lab }: Campaign, facts: HostFacts): string[] {
  const known = facts.sut !== null || facts.loadgen !== null;
  return [
    "## Where",
    "",
    ...markdownTable(
      ["", ...hostRoles.map((role) => machineTitles[role])],
      [
        ["address for SSH", ...hostRoles.map((role) => markdownText(lab[role].address))],
        ["address for the traffic", ...hostRoles.map((role) => markdownText(lab[role].dataAddress))],
        ...(known
          ? mainFacts.map(([title, of]) => [title, factText(facts.sut, of), factText(facts.loadgen, of)])
          : []),
      ],
    ),
    "All facts, of guests and containers too, are in `facts/`.",
    "",
  ];
}

function factText(facts: Facts | null, of: (found: Facts) => string): string {
  return facts === null ? "not recorded" : markdownText(of(facts));
}

export const changeTexts: Readonly<Record<ChangeStatus, string>> = {
  journalled: "begun; outcome unknown",
  applied: "still in effect",
  unavailable: "not available on this host",
  failed: "failed",
  undone: "undone",
  "undo-failed": "NOT undone",
};

/** Equal changes counted: machine, title, how it stands at the end. */
export function changeTally({ changes }: Pick<CampaignState, "changes">): {
  machine: Machine;
  title: string;
  status: ChangeStatus;
  times: number;
}[] {
  const tally = new Map<string, ReturnType<typeof changeTally>[number]>();
  for (const { machine, change, status } of changes.values()) {
    const key = `${machine}|${change.title}|${status}`;
    const entry = tally.get(key) ?? { machine, title: change.title, status, times: 0 };
    tally.set(key, { ...entry, times: entry.times + 1 });
  }
  return [...tally.values()];
}

/** What was changed on the hosts, and what was not as before when all was undone. */
export function restorationSection(state: CampaignState): string[] {
  const rows = changeTally(state).map(({ machine, title, status, times }) => [
    machineTitles[machine],
    markdownText(title),
    changeTexts[status],
    String(times),
  ]);
  return [
    "## Changes of the hosts",
    "",
    ...(rows.length === 0
      ? ["Nothing was changed on the hosts.", ""]
      : markdownTable(["machine", "change", "at the end", "times"], rows)),
    ...[...state.comparisons].flatMap(([machine, differences]) => comparisonLines(machine, differences)),
    ...(state.comparisons.size === 0
      ? ["The hosts were not compared with their state from before the campaign.", ""]
      : []),
  ];
}

function comparisonLines(
  machine: Machine,
  differences: readonly { readonly path: string; readonly before: string; readonly after: string }[],
): string[] {
  const title = machineTitles[machine];
  if (differences.length === 0) return [`The ${title} was identical to before.`, ""];
  return [
    `What remained different on the ${title}:`,
    "",
    ...markdownTable(
      ["fact", "before", "after"],
      differences.map(({ path, before, after }) => [path, before, after].map(markdownText)),
    ),
  ];
}
