// A preview in parts: each change with its own undo, and two previews side by side.
import { expect, test } from "vitest";
import type { DryStep } from "#shared/contract/campaigns.ts";
import { partDifferences, previewParts } from "#shared/plan/preview-parts.ts";

function step(part: Partial<DryStep> & Pick<DryStep, "kind" | "title">): DryStep {
  return { block: 1, slot: "kvm", runId: null, machine: "sut", commands: [part.title], seconds: 1, ...part };
}

const session = [
  step({ kind: "change", title: "Set a" }),
  step({ kind: "change", title: "Set a", commands: ["second\nof two"] }),
  step({ kind: "change", title: "Drop caches" }),
  step({ kind: "measure", title: "Measure" }),
  step({ kind: "undo", title: "Undo: Set a", commands: ["undo second"] }),
  step({ kind: "undo", title: "Undo: Set a", commands: ["undo first"] }),
];

test("the undo stands with its change: last made, first undone", () => {
  expect(previewParts(session).map(({ title, lines, undo }) => [title, lines, undo])).toEqual([
    ["Set a", ["Set a"], ["undo first"]],
    ["Set a", ["second", "of two"], ["undo second"]],
    ["Drop caches", ["Drop caches"], null],
    ["Measure", ["Measure"], null],
  ]);
});

test("no step is lost: an undo without its change stands at the end", () => {
  const parts = previewParts([...session, step({ kind: "undo", title: "Undo: Set b" })]);
  expect(parts.at(-1)).toMatchObject({ kind: "undo", title: "Undo: Set b" });
});

test("the id of a preview's campaign makes no difference", () => {
  const of = (id: string) =>
    previewParts([
      step({ kind: "change", title: `Make tare-preview-${id}-kvm`, commands: [`mk preview-${id}`] }),
    ]);
  expect(partDifferences(of("0a1b2c"), of("ffffff")).every(({ same }) => same)).toBe(true);
});

test("what was there before, what is new and what changed is told apart, in order", () => {
  const before = previewParts(session);
  const after = previewParts([
    step({ kind: "change", title: "Set a" }),
    step({ kind: "change", title: "Set c" }),
    step({ kind: "measure", title: "Measure", commands: ["otherwise"] }),
  ]);
  const found = partDifferences(before, after).map((pair) => [
    pair.before?.title ?? null,
    pair.after?.title ?? null,
    pair.same,
  ]);
  expect(found).toEqual([
    ["Set a", "Set a", false],
    [null, "Set c", false],
    ["Set a", null, false],
    ["Drop caches", null, false],
    ["Measure", "Measure", false],
  ]);
  expect(partDifferences(before, before).every(({ same }) => same)).toBe(true);
});
