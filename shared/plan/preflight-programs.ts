// Preflight of what is installed: what every run takes on both hosts, what the environments and workloads take on one of them.
import { environments } from "../environments/registry.ts";
import { programNeeds } from "../environments/program-needs.ts";
import type { EnvironmentName } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Host, HostRole, Lab } from "../model/lab.ts";
import type { MendPackage } from "../model/mend.ts";
import type { Condition } from "../model/workload.ts";
import { bindCondition } from "../workloads/registry.ts";
import { installOn, installsPackages, sourceRemark, startOn } from "./host-mends.ts";
import { everyRun, type PreflightCheck } from "./preflight-check.ts";

interface Tool {
  readonly id: string;
  readonly title: string;
  /** Names of the facts' tools. */
  readonly tools: readonly string[];
  readonly own: MendPackage;
  readonly purpose: string;
}

/** What Tare's own scripts take on every host. */
const baseTools: readonly Tool[] = [
  {
    id: "util-linux",
    title: "flock and setsid",
    tools: ["flock", "setsid"],
    own: "util-linux",
    purpose: "Runs are detached with them, and one controller is kept from another.",
  },
  {
    id: "iproute2",
    title: "ip",
    tools: ["iproute2"],
    own: "iproute2",
    purpose: "Addresses and routes are read with it.",
  },
];

export function baseChecks(role: HostRole, host: Host, facts: Facts): readonly PreflightCheck[] {
  return [
    compilerCheck(role, host, facts),
    ...baseTools.map(({ id, title, tools, own, purpose }): PreflightCheck => {
      const missing = tools.filter((name) => facts.tools[name] === null);
      const seen = tools.flatMap((name) => facts.tools[name] ?? []);
      const common = { role, id, title, neededBy: everyRun };
      if (missing.length > 0)
        return {
          ...common,
          status: "missing",
          text: `${missing.join(" and ")} is not installed. ${purpose}`,
          mend: installOn(host, facts, [own]),
        };
      return seen.length === 0
        ? { ...common, status: "unknown", text: "The probe did not look for it.", mend: null }
        : { ...common, status: "ok", text: `${seen.join(", ")}.`, mend: null };
    }),
    ethtoolCheck(role, host, facts),
  ];
}

/** Tare's programs are compiled on each host: a compiler without the C library's headers is none. */
function compilerCheck(role: HostRole, host: Host, facts: Facts): PreflightCheck {
  const gcc = facts.tools.gcc;
  const common = { role, id: "gcc", title: "gcc, C headers", neededBy: everyRun };
  if (gcc === undefined)
    return { ...common, status: "unknown", text: "The probe did not look for gcc.", mend: null };
  if (gcc !== null && facts.cHeaders !== false) {
    const headers = facts.cHeaders === undefined ? " Whether the headers are there was not looked at." : "";
    return { ...common, status: "ok", text: `${gcc}.${headers}`, mend: null };
  }
  return {
    ...common,
    status: "missing",
    text: `Tare's programs are compiled on the host, and ${gcc === null ? "gcc is" : "the headers (libc6-dev) are"} not installed.`,
    mend: installOn(host, facts, gcc === null ? ["gcc", "libc6-dev"] : ["libc6-dev"]),
  };
}

function ethtoolCheck(role: HostRole, host: Host, facts: Facts): PreflightCheck {
  const found = facts.tools.ethtool;
  const common = { role, id: "ethtool", title: "ethtool", neededBy: ["facts of the network"] };
  if (found === null)
    return {
      ...common,
      status: "warning",
      text: "It is not installed: the facts do not tell drivers and offloads of the interfaces.",
      mend: installOn(host, facts, ["ethtool"]),
    };
  return found === undefined
    ? { ...common, status: "unknown", text: "The probe did not look for it.", mend: null }
    : { ...common, status: "ok", text: `${found}.`, mend: null };
}

/** The programs that the chosen environments take on the SUT. */
export function environmentChecks(
  lab: Lab,
  facts: Facts,
  chosen: readonly EnvironmentName[],
): readonly PreflightCheck[] {
  const noGuests = chosen.includes("kvm") && facts.cpu.architecture !== "x86_64";
  const architecture: PreflightCheck = {
    role: "sut",
    id: "architecture",
    title: "x86-64",
    status: "missing",
    text: `Guests are x86-64 only; ${facts.hostname} is ${facts.cpu.architecture}. Native and Docker can be measured.`,
    neededBy: [environments.kvm.title],
    mend: null,
  };
  return [
    ...(noGuests ? [architecture] : []),
    ...programNeeds
      .filter(({ environment }) => chosen.includes(environment) && !(noGuests && environment === "kvm"))
      .map(({ id, title, environment, packages, state }): PreflightCheck => {
        const { status, text, service } = state(facts);
        return {
          role: "sut",
          id,
          title,
          status: status === "stopped" ? "missing" : status,
          text,
          neededBy: [environments[environment].title],
          mend:
            status === "missing"
              ? installOn(lab.sut, facts, packages(facts))
              : service === undefined
                ? null
                : startOn(lab.sut, facts, service),
        };
      }),
  ];
}

/** What makes the file system that all environments share. */
export function userlandCheck(lab: Lab, facts: Facts): PreflightCheck {
  const common = { role: "sut", id: "userland", neededBy: everyRun } as const;
  if (lab.userland.kind === "archive")
    return {
      ...common,
      title: "Archive of the userland",
      status: "unknown",
      text: `${lab.userland.path} is unpacked when a campaign begins; the probe does not look for it.`,
      mend: null,
    };
  const title = "mmdebstrap";
  const found = facts.tools.mmdebstrap;
  if (!installsPackages(facts))
    return {
      ...common,
      title,
      status: "missing",
      text: `The userland is built of Debian's or Ubuntu's packages, and ${facts.hostname} is ${facts.os}. Name an archive of your own in the lab.`,
      mend: null,
    };
  if (found === null)
    return {
      ...common,
      title,
      status: "missing",
      text: "It builds the userland that all environments share, and is not installed.",
      mend: installOn(lab.sut, facts, ["mmdebstrap"]),
    };
  return found === undefined
    ? { ...common, title, status: "unknown", text: "The probe did not look for it.", mend: null }
    : { ...common, title, status: "ok", text: `${found}.`, mend: null };
}

/** Debian's package of each program that a workload takes on the load generator. */
const packageOf: Readonly<Record<string, MendPackage>> = {
  nuttcp: "nuttcp",
  netperf: "netperf",
  sysbench: "sysbench",
  "redis-benchmark": "redis-tools",
};

/** The tools that the conditions take on the load generator, each once. Throws TareError INPUT_INVALID for unusable parameters. */
export function toolChecks(lab: Lab, facts: Facts, conditions: readonly Condition[]): PreflightCheck[] {
  const users = new Map<string, Set<string>>();
  for (const condition of conditions) {
    const bound = bindCondition(condition);
    for (const tool of bound.needs().loadgenTools)
      users.set(tool, (users.get(tool) ?? new Set()).add(bound.workload.title));
  }
  return [...users].map(([tool, titles]) => toolCheck(lab, facts, { tool, neededBy: [...titles] }));
}

function toolCheck(
  lab: Lab,
  facts: Facts,
  { tool, neededBy }: { readonly tool: string; readonly neededBy: readonly string[] },
): PreflightCheck {
  const found = facts.tools[tool];
  const common = { role: "loadgen", id: tool, title: tool, neededBy } as const;
  if (found === undefined)
    return { ...common, status: "unknown", text: "The probe did not look for it.", mend: null };
  if (found !== null) return { ...common, status: "ok", text: `${found}.`, mend: null };
  const own = packageOf[tool];
  const remark = own === undefined ? null : sourceRemark(own, facts);
  return {
    ...common,
    status: "missing",
    text: `It is not installed.${remark === null ? "" : ` ${remark}`}`,
    mend: own === undefined ? null : installOn(lab.loadgen, facts, [own]),
  };
}
