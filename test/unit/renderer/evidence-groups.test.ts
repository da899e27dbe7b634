// Evidence of several runs as one list.
import { expect, test } from "vitest";
import { evidenceGroups } from "#renderer/components/evidence-groups.ts";
import type { EvidenceItem } from "#shared/model/evidence.ts";

const item = (change: Partial<EvidenceItem>): EvidenceItem => ({
  name: "cpus",
  required: true,
  verdict: "held",
  expected: "CPUs 0-1",
  found: "CPUs 0-1",
  ...change,
});

test("equal findings are counted, and what speaks against the runs comes first", () => {
  const swap = item({ name: "swap", required: false, verdict: "not-held", found: "12 MiB" });
  const pages = item({ name: "pages", verdict: "unknown", found: "not readable" });
  const away = item({ verdict: "not-held", found: "CPU 3" });
  const groups = evidenceGroups([
    [item({}), pages],
    [item({}), swap],
    [away, pages],
  ]);
  expect(groups.map(({ name, verdict, found, runs }) => [name, verdict, found, runs])).toEqual([
    ["cpus", "not-held", "CPU 3", 1],
    ["swap", "not-held", "12 MiB", 1],
    ["pages", "unknown", "not readable", 2],
    ["cpus", "held", "CPUs 0-1", 2],
  ]);
  expect(evidenceGroups([])).toEqual([]);
});
