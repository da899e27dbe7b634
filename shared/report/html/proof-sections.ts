// What speaks for and against the numbers: evidence, refused cells, failed runs, outliers.
import type { Dataset } from "../../model/dataset.ts";
import { evidenceSentences, evidenceSummary } from "../evidence-summary.ts";
import { countText, significant } from "../number.ts";
import { refusedSentences } from "../refused-text.ts";
import { labelMarkup } from "./about-sections.ts";
import { attemptsOf } from "./attempts.ts";
import { html, list, table, type Section } from "./markup.ts";
import type { ReportedCampaign } from "./report-inputs.ts";

export function evidenceSection(dataset: Dataset, { campaign, state }: ReportedCampaign): Section {
  const environments = new Map(dataset.slots.map(({ slot, environment }) => [slot, environment]));
  const summaries = evidenceSummary(campaign, state.runs);
  return {
    id: "evidence",
    title: "Evidence",
    content:
      summaries.length === 0
        ? html`<p>
            No evidence was collected: whether the configurations held during the runs is not known.
          </p>`
        : html`<p>
              After each run the kernel was asked whether the configuration had held and whether both machines
              were fit to be measured.
            </p>
            ${table(
              "Table of evidence",
              [{ title: "configuration" }, { title: "runs", number: true }, { title: "what was found" }],
              summaries.map((summary) => ({
                cells: [
                  labelMarkup(summary.label, environments.get(summary.slot) ?? null),
                  summary.runs,
                  list(evidenceSentences(summary)),
                ],
              })),
            )}`,
  };
}

export function refusedSection({ campaign, results }: ReportedCampaign): Section {
  const sentences = refusedSentences(campaign, results.refused);
  return {
    id: "refused",
    title: "Not measured",
    content:
      sentences.length === 0
        ? html`<p>No cell was refused: the lab offers all that the campaign asks for.</p>`
        : html`<p>The lab does not offer these; they are no failures and were not run.</p>
            ${list(sentences)}`,
  };
}

/** Failed attempts, runs that were not run and outliers: nothing is left out in silence. */
export function exclusionSection(dataset: Dataset, measured: ReportedCampaign): Section {
  const { planned, attempts } = attemptsOf(measured);
  const failed = attempts.filter(({ outcome }) => outcome !== "ok");
  const started = new Set(attempts.map(({ runId }) => runId));
  const missing = planned.filter(({ runId }) => !started.has(runId));
  const labels = new Map(dataset.slots.map(({ slot, label }) => [slot, label]));
  const outliers = dataset.points.flatMap((point) =>
    (point.samples ?? [])
      .filter(({ outlier }) => outlier)
      .map(({ block, value, runId }) => ({
        cells: [
          `${point.conditionLabel}: ${point.title}`,
          labels.get(point.slot) ?? point.slot,
          block,
          `${significant(value, 5)} ${point.unit}`,
          `${significant(point.mean, 5)} ${point.unit}`,
          html`<code>${runId ?? ""}</code>`,
        ],
      })),
  );
  return {
    id: "exclusions",
    title: "Failures and exclusions",
    content: html`${
      failed.length === 0
        ? html`<p>No run failed.</p>`
        : table(
            "Runs without a result",
            [
              { title: "run" },
              { title: "attempt", number: true },
              { title: "outcome" },
              { title: "started (UTC)" },
              { title: "why" },
            ],
            failed.map(({ runId, attempt, outcome, startedAt, failure }) => ({
              cells: [html`<code>${runId}</code>`, attempt, outcome, startedAt, failure ?? ""],
            })),
          )
    }
    ${
      missing.length === 0
        ? html`<p>Every planned run was started, or refused.</p>`
        : html`<p>
            Not started: ${countText(missing.length, "run")}.
            ${missing.map(({ runId }, index) => html`${index === 0 ? "" : ", "}<code>${runId}</code>`)}
          </p>`
    }
    ${
      outliers.length === 0
        ? html`<p>There are no outliers. No value is left out of any mean.</p>`
        : html`<p>Outliers, beyond Tukey's fences. They count in every mean.</p>
            ${table(
              "Outliers",
              [
                { title: "quantity" },
                { title: "configuration" },
                { title: "block", number: true },
                { title: "value", number: true },
                { title: "mean", number: true },
                { title: "run" },
              ],
              outliers,
            )}`
    }`,
  };
}
