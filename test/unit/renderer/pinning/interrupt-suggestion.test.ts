// Where the interrupts of the data interface had best go.
import { expect, test } from "vitest";
import { machineTree } from "#shared/facts/machine-tree.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { interruptSuggestion } from "#renderer/wizards/configuration/pinning/interrupt-suggestion.ts";
import { machineText, twoSockets } from "../../facts/machine-text.ts";

// ens1f0 is on node 1, CPUs 4-7 with their siblings 12-15.
const tree = machineTree(parseFacts(machineText(twoSockets), { machine: "sut" }), ["ens1f0"]);

test("a core of the NIC's node that the configuration leaves free, siblings included", () => {
  expect(interruptSuggestion(tree, ["ens1f0"], new Set([4, 5, 7])).cpus).toBe("6,14");
  // A sibling that is in use takes its core out.
  expect(interruptSuggestion(tree, ["ens1f0"], new Set([4, 5, 15])).cpus).toBe("6,14");
  expect(interruptSuggestion(tree, ["ens1f0"], new Set([0, 1])).cpus).toBe("7,15");
});

test("it says why there is none, and what it shares where all CPUs are used", () => {
  const none = interruptSuggestion(tree, ["ens1f0"], new Set([4, 5, 6, 7]));
  expect(none.cpus).toBeNull();
  expect(none.reason).toMatch(/node 1, where ens1f0 is/);
  expect(interruptSuggestion(tree, [], new Set()).cpus).toBeNull();
  const all = interruptSuggestion(tree, ["ens1f0"], new Set());
  expect(all).toEqual({ cpus: "7,15", reason: expect.stringMatching(/uses it too/) });
});
