import { expect, test } from "vitest";
import type { Facts } from "#shared/model/facts.ts";
import { compareFacts, ignoredPaths } from "#shared/facts/compare-facts.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { machineText, twoSockets } from "./machine-text.ts";

const facts = () => parseFacts(machineText(twoSockets), { machine: "sut" });

/** Every single value of the facts, as the path of keys that leads to it. */
function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

function changed(before: Facts, path: readonly string[]): Facts {
  const copy = structuredClone(before);
  let place = copy as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  const value = place[last];
  place[last] =
    typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${String(value)}x`;
  return copy;
}

test("equal facts do not differ", () => {
  expect(compareFacts(facts(), facts())).toEqual([]);
});

test("a link-local address that the kernel gave is no difference, any other address is one", () => {
  const [before, after] = [facts(), facts()];
  const [nic] = after.nics;
  nic?.addresses.push("fe80::42:f9ff:feb5:3b94/64");
  expect(compareFacts(before, after)).toEqual([]);
  nic?.addresses.push("192.0.2.7/24");
  expect(compareFacts(before, after)).toEqual([
    { path: `nics.${nic?.name}.addresses`, before: "none", after: "192.0.2.7/24" },
  ]);
});

test("each single change gives exactly one difference at its path, or none where it moves by itself", () => {
  const before = facts();
  const identities = /\.(name|irq|level|type|sizeBytes|cpu)$|^memory\.(nodes|hugePages)\.\d+\.node$/;
  const paths = leaves(before).filter((path) => !identities.test(path.join(".")) || path[0] === "kvm");
  const silent: string[] = [];
  for (const path of paths) {
    const differences = compareFacts(before, changed(before, path));
    if (differences.length === 0) silent.push(path.join(".").replaceAll(/\.\d+\./g, ".*."));
    else {
      expect(differences).toHaveLength(1);
      const [first, last] = [path[0], path.findLast((key) => !/^\d+$/.test(key))];
      const told = differences[0]?.path.split(".") ?? [];
      expect(told[0]).toBe(first);
      expect(differences[0]?.path.endsWith(last ?? "")).toBe(true);
    }
  }
  const moving = ignoredPaths.map(({ path }) => path).filter((path) => !path.startsWith("sysctls."));
  expect([...new Set(silent)].sort()).toEqual([...moving].sort());
});

test("members of lists are named by what they are, wherever they stand in the list", () => {
  const before = facts();
  const after = structuredClone(before);
  after.nics.reverse();
  after.nics.find(({ name }) => name === "ens1f0")?.offloads.push("tcp-segmentation-offload");
  after.nics.find(({ name }) => name === "ens1f0")?.irqs.splice(0, 1, { irq: 120, cpus: "0-15" });
  for (const pages of after.memory.hugePages) pages.total = 0;
  after.sysctls["net.ipv4.tcp_rmem"] = "4096 131072 1";
  after.blocks.pop();
  expect(compareFacts(before, after)).toEqual([
    { path: "memory.hugePages.1048576kB.total", before: "4", after: "0" },
    { path: "memory.hugePages.1048576kB@1.total", before: "4", after: "0" },
    { path: "nics.ens1f0.offloads", before: "none", after: "tcp-segmentation-offload" },
    { path: "nics.ens1f0.irqs.120.cpus", before: "4", after: "0-15" },
    { path: "sysctls.net.ipv4.tcp_rmem", before: "4096 131072 6291456", after: "4096 131072 1" },
    {
      path: "blocks.sda",
      before: `name sda, sizeBytes ${1_953_525_168 * 512}, model SAMSUNG MZ7LH960, serial S45NNE0M123456`,
      after: "none",
    },
  ]);
});
