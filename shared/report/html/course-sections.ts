// The course of the campaign: the order of the runs, and the exact commands of each.
import type { Dataset } from "../../model/dataset.ts";
import { countText, durationText } from "../number.ts";
import { labelMarkup } from "./about-sections.ts";
import { attemptsOf, type Attempt } from "./attempts.ts";
import { folded, html, table, type Section } from "./markup.ts";
import type { ReportedCampaign } from "./report-inputs.ts";

export function orderSection(dataset: Dataset, measured: ReportedCampaign): Section {
  const { planned, attempts } = attemptsOf(measured);
  const plans = new Map(planned.map((run) => [run.runId, run]));
  const slots = new Map(dataset.slots.map((slot) => [slot.slot, slot]));
  const conditions = new Map(measured.campaign.conditions.map(({ id, label }) => [id, label]));
  const rows = attempts.map((each, index) => {
    const plan = plans.get(each.runId);
    const slot = slots.get(plan?.slot ?? "");
    return {
      cells: [
        index + 1,
        each.startedAt.slice(0, 19).replace("T", " "),
        plan?.block ?? null,
        labelMarkup(slot?.label ?? each.runId, slot?.environment ?? null),
        conditions.get(plan?.conditionId ?? "") ?? "",
        each.attempt === 1 ? each.outcome : `${each.outcome} (attempt ${each.attempt})`,
        each.seconds === null ? "" : durationText(each.seconds),
        each.remarks.join("; "),
      ],
    };
  });
  return {
    id: "order",
    title: "Order of the runs",
    content: html`<p>
        ${countText(measured.campaign.blocks, "randomised block")}; the seed ${measured.campaign.seed} decides
        the order. ${countText(attempts.length, "run was", "runs were")} started, in this order.
      </p>
      ${
        rows.length === 0
          ? null
          : folded(
              countText(rows.length, "run"),
              table(
                "Table of the runs",
                [
                  { title: "#" },
                  { title: "started (UTC)" },
                  { title: "block", number: true },
                  { title: "configuration" },
                  { title: "condition" },
                  { title: "outcome" },
                  { title: "took", number: true },
                  { title: "remarks" },
                ],
                rows,
              ),
            )
      }`,
  };
}

export function commandSection(measured: ReportedCampaign): Section {
  const { attempts } = attemptsOf(measured);
  return {
    id: "commands",
    title: "Exact commands",
    content:
      attempts.length === 0
        ? html`<p>No command was executed yet.</p>`
        : html`<p>As they were journalled before they were started, run by run.</p>
            ${folded(
              `Commands of ${countText(attempts.length, "run")}`,
              attempts.map((attempt) => commandsOf(attempt)),
            )}`,
  };
}

function commandsOf({ runId, attempt, commands }: Attempt) {
  const text = commands
    .map(({ phase, machine, command }) => `# ${phase}, on ${machine}\n${command}`)
    .join("\n\n");
  return folded(
    html`<code>${runId}</code>${attempt === 1 ? "" : `, attempt ${attempt}`}`,
    html`<pre tabindex="0">${text}</pre>`,
  );
}
