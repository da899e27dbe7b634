// Journals the cells that this lab cannot measure, each with its reason, before the first session; they are no failures.
import { environments } from "#shared/environments/registry.ts";
import { userlandRoot } from "#shared/environments/names.ts";
import { TareError } from "#shared/model/error.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { RefusedCell } from "#shared/model/result.ts";
import { refusedCells } from "#shared/plan/obstacles.ts";
import { conditionsIn } from "#shared/plan/plan-sessions.ts";
import { newRefusals } from "#shared/plan/remaining.ts";
import { slotsOf } from "#shared/plan/slots.ts";
import { bindCondition, workloads } from "#shared/workloads/registry.ts";
import type { Equipment } from "./session-context.ts";
import type { Stage } from "./stage.ts";

/** A cell that was refused stays so for the whole campaign, so that its blocks are complete or not there. */
export async function refuseCells(
  stage: Stage,
  { equipment, facts }: { equipment: Equipment; facts: { sut: Facts; loadgen: Facts } },
): Promise<void> {
  const { campaign, recorder } = stage;
  const found = [
    ...refusedCells({ campaign, facts, workloads, environments }),
    ...(await cellsWithoutTools(stage, equipment)),
  ];
  for (const { slot, conditionId, reason } of newRefusals(found, stage.plan, recorder.state()))
    await recorder.record({ type: "cell-refused", slot, conditionId, reason });
}

/** Cells whose programs the userland does not hold: a package that its release does not offer, an archive without it. */
async function cellsWithoutTools(stage: Stage, { userlandFolder }: Equipment): Promise<RefusedCell[]> {
  const { campaign, sut, betweenRuns: signal } = stage;
  const toolsOf = new Map(
    campaign.conditions.map((condition) => [condition.id, bindCondition(condition).needs().environmentTools]),
  );
  const all = [...new Set([...toolsOf.values()].flat())];
  if (all.length === 0) return [];
  const script = await sut.script("userland-tools.sh", signal);
  const command = { argv: ["sh", script, userlandRoot(userlandFolder), ...all], root: true };
  const { status, stdout, stderr } = await sut.run(command, { signal, idempotent: true });
  if (status !== 0)
    throw new TareError("TOOL_FAILED", `The userland on ${sut.name} cannot be looked into.`, {
      host: sut.name,
      detail: stderr,
    });
  const remedy =
    campaign.lab.userland.kind === "archive"
      ? "put it into the archive that the lab names"
      : "no package source of that machine offers it";
  const missing = new Set(stdout.split("\n").filter((line) => line !== ""));
  return slotsOf(campaign).flatMap(({ slot, configuration }) =>
    conditionsIn(campaign, configuration.id).flatMap(({ id }): RefusedCell[] => {
      const tool = toolsOf.get(id)?.find((each) => missing.has(each));
      if (tool === undefined) return [];
      const reason = `The userland of ${sut.name} does not hold ${tool.replaceAll("|", " or ")}: ${remedy}.`;
      return [{ slot, conditionId: id, reason }];
    }),
  );
}
