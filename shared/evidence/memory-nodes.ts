// Memory from the NUMA nodes that the configuration chose.
import { parseCpuList } from "../facts/cpu-list.ts";
import type { KvmConfiguration, MemoryPolicy } from "../model/configuration.ts";
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  processesIn,
  programProcesses,
  unknown,
} from "./evidence-inputs.ts";
import type { ProcessSnapshot } from "./process-snapshot.ts";

/** Pages of the programs' files may have been read in by others on any node before. */
const strayShare = 0.01;

export const judgeMemoryNodes: EvidenceJudge = (inputs) => {
  const { configuration } = inputs;
  const checks =
    configuration.environment === "kvm" ? guestChecks(inputs, configuration) : hostChecks(inputs);
  return itemOf("memory-nodes", true, checks);
};

function hostChecks({ configuration, program, sut }: EvidenceInputs): readonly Check[] {
  const { memory } = configuration.pinning;
  if (memory.policy === "default") return [];
  const expected = expectationOf(memory);
  const processes = programProcesses(sut.during, program);
  if ("missing" in processes) return [unknown(expected, processes.missing)];
  // Docker says it by the container's cpuset, all others by the process's own policy.
  const byCpuset = configuration.environment === "docker" && memory.policy === "bind";
  return [
    ...processes.map((process) =>
      byCpuset ? allowedCheck(process, memory.nodes, expected) : policyCheck(process, memory, expected),
    ),
    ...("nodes" in memory ? residentChecks(processes, memory.nodes) : []),
  ];
}

function expectationOf(memory: MemoryPolicy): string {
  switch (memory.policy) {
    case "default":
    case "local":
      return "memory from the node that a thread runs on";
    case "interleave":
      return `memory interleaved over nodes ${memory.nodes}`;
    case "bind":
      return `memory from nodes ${memory.nodes} alone`;
  }
}

function allowedCheck({ name, allowedNodes }: ProcessSnapshot, nodes: string, expected: string): Check {
  if (allowedNodes === null) return unknown(expected, `the nodes of ${name} could not be read`);
  return check(sameNodes(allowedNodes, nodes), expected, `${name} allowed on nodes ${allowedNodes}`);
}

function policyCheck({ name, policy }: ProcessSnapshot, memory: MemoryPolicy, expected: string): Check {
  if (policy === null) return unknown(expected, `the memory policy of ${name} could not be read`);
  const [, mode, nodes = ""] = /^([a-z ]+)(?:=[^:]*)?(?::(.*))?$/.exec(policy) ?? [];
  const holds = mode === memory.policy && (!("nodes" in memory) || sameNodes(nodes, memory.nodes));
  return check(holds, expected, `memory policy of ${name}: ${policy}`);
}

/** Where several nodes exist and the process was small enough to be walked through. */
function residentChecks(processes: readonly ProcessSnapshot[], nodes: string): readonly Check[] {
  const wanted = new Set(parseCpuList(nodes));
  let all = 0;
  let stray = 0;
  for (const [node, kib] of processes.flatMap(({ memory }) => [...memory.nodes])) {
    all += kib;
    if (!wanted.has(node)) stray += kib;
  }
  if (all === 0) return [];
  const share = `${((100 * stray) / all).toFixed(1)} % of resident memory on other nodes`;
  return [check(stray / all <= strayShare, `at most ${100 * strayShare} % on other nodes`, share)];
}

/** The guest's memory is bound by QEMU, mapping by mapping, which fails to start where it cannot: its arguments tell. */
function guestChecks({ sut }: EvidenceInputs, { machine, pinning }: KvmConfiguration): readonly Check[] {
  const { memory } = pinning;
  const cells = (machine.numaCells ?? []).flatMap(({ hostNodes }, cell) =>
    hostNodes === undefined ? [] : [{ cell, hostNodes }],
  );
  const whole = memory.policy === "bind" || memory.policy === "interleave" ? memory : null;
  if (cells.length === 0 && whole === null) return [];
  const processes = processesIn(sut.during);
  if ("missing" in processes) return [unknown("guest memory on its nodes", processes.missing)];
  const backends = processes.flatMap((process) => process.arguments.flatMap(backendOf));
  if (backends.length === 0)
    return [unknown("guest memory on its nodes", "QEMU's arguments name no memory backend")];
  if (cells.length === 0 && whole !== null)
    return backends.map((backend) => backendCheck(backend, whole.nodes, whole.policy, "guest memory"));
  return cells.map(({ cell, hostNodes }) => {
    const what = `memory of the guest's node ${cell}`;
    const backend = backends.find(({ id }) => id === `ram-node${cell}`);
    return backend === undefined
      ? unknown(`${what} on nodes ${hostNodes}`, "QEMU's arguments name no memory of that node")
      : backendCheck(backend, hostNodes, whole?.policy ?? "bind", what);
  });
}

interface Backend {
  readonly id: string;
  readonly policy: string;
  readonly nodes: string;
}

/** `-object {"qom-type":"memory-backend-…","host-nodes":[0],"policy":"bind"}`, or the older `memory-backend-…,id=…`. */
function backendOf(argument: string): Backend[] {
  if (!argument.includes("memory-backend-")) return [];
  const json = argument.startsWith("{");
  const field = (name: string) =>
    (json
      ? new RegExp(`"${name}":(?:"([^"]*)"|\\[([^\\]]*)\\])`).exec(argument)
      : new RegExp(`(?:^|,)${name}=([^,]*)`).exec(argument)
    )
      ?.slice(1)
      .find((group) => group !== undefined);
  // Without JSON several ranges are several `host-nodes=`.
  const nodes = json
    ? (field("host-nodes") ?? "")
    : [...argument.matchAll(/(?:^|,)host-nodes=([^,]*)/g)].map((match) => match[1]).join(",");
  return [{ id: field("id") ?? "", policy: field("policy") ?? "default", nodes }];
}

function backendCheck(backend: Backend, nodes: string, policy: string, what: string): Check {
  const holds = backend.policy === policy && sameNodes(backend.nodes, nodes);
  const found = backend.nodes === "" ? "no nodes named" : `policy ${backend.policy}, nodes ${backend.nodes}`;
  return check(holds, `${what} on nodes ${nodes} (${policy})`, `${what}: ${found}`);
}

function sameNodes(a: string, b: string): boolean {
  return parseCpuList(a)?.join() === parseCpuList(b)?.join();
}
