// How the window writes quantities, and how it sums up a plan.
import { expect, test } from "vitest";
import { ageText } from "#renderer/format/instant.ts";
import { planTimeline } from "#renderer/pages/plan/plan-timeline.ts";
import type { DryStep } from "#shared/contract/campaigns.ts";

test("ages carry the right number of their noun", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  expect(ageText("2026-11-24T11:59:30Z", now)).toBe("less than a minute ago");
  expect(ageText("2026-11-24T11:00:00Z", now)).toBe("1 hour ago");
  expect(ageText("2026-11-21T11:00:00Z", now)).toBe("3 days ago");
});

test("a plan's sessions keep their order and carry the time of their steps", () => {
  const step = (
    block: number | null,
    slot: string | null,
    runId: string | null,
    seconds: number,
  ): DryStep => ({
    block,
    slot,
    runId,
    machine: "sut",
    kind: "measure",
    title: "",
    commands: [],
    seconds,
  });
  expect(
    planTimeline([
      step(null, null, null, 5),
      step(1, "kvm", null, 8),
      step(1, "kvm", "b01-kvm-stream", 2),
      step(1, "native", "b01-native-stream", 2),
      step(2, "native", "b02-native-stream", 3),
    ]),
  ).toEqual([
    {
      block: 1,
      seconds: 12,
      sessions: [
        { block: 1, slot: "kvm", seconds: 10, runs: 1 },
        { block: 1, slot: "native", seconds: 2, runs: 1 },
      ],
    },
    { block: 2, seconds: 3, sessions: [{ block: 2, slot: "native", seconds: 3, runs: 1 }] },
  ]);
});
