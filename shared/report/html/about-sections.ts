// What stands around the numbers: methods, what must be kept in mind, configurations and conditions, how to read, references.
import type { Dataset } from "../../model/dataset.ts";
import { bibtex, referenceText, type Reference } from "../bibtex.ts";
import { cautions } from "../cautions.ts";
import { methodsText, paperMethodsText } from "../methods-text.ts";
import { wordCount } from "../list-text.ts";
import { folded, html, list, table, type Part, type Section } from "./markup.ts";
import type { ReportedCampaign } from "./report-inputs.ts";

export function methodsSection(dataset: Dataset, measured: ReportedCampaign | null): Section {
  const paragraphs = measured === null ? paperMethodsText(dataset) : methodsText(measured);
  return {
    id: "methods",
    title: "Methods",
    content: html`<div class="methods">${paragraphs.map((text) => html`<p>${text}</p> `)}</div>`,
  };
}

export function cautionSection(dataset: Dataset, measured: ReportedCampaign | null): Section {
  const sentences =
    measured === null
      ? [
          "No A/A control: the noise of the authors' machines was not measured.",
          "Repeats are not paired, and environments were measured one after another.",
        ]
      : cautions(measured.campaign, measured.state, measured.results);
  const { contradictions } = dataset;
  return {
    id: "cautions",
    title: "To keep in mind",
    content: html`${sentences.length === 0 ? html`<p>Nothing in particular.</p>` : list(sentences)}
    ${contradictions.map(
      ({ title, paper, data, reason }) =>
        html`<h3>${title}</h3>
          <dl>
            <dt>The report says</dt>
            <dd>${paper}</dd>
            <dt>Its data say</dt>
            <dd>${data}</dd>
            <dt>Reason</dt>
            <dd>${reason}</dd>
          </dl> `,
    )}`,
  };
}

export function designSection(dataset: Dataset, measured: ReportedCampaign | null): Section {
  const slots = table(
    "Configurations",
    [{ title: "configuration" }, { title: "id" }, { title: "choices" }],
    dataset.slots.map(({ slot, label, description, environment }) => ({
      cells: [labelMarkup(label, environment), html`<code>${slot}</code>`, description],
    })),
  );
  const settings = dataset.settings.map(({ subject, environment, key, value, source }) => ({
    cells: [subject, environment ?? "all", html`<code>${key}</code>`, String(value), source],
  }));
  return {
    id: "design",
    title: "What was run",
    content: html`${slots}${
      measured === null
        ? null
        : table(
            "Conditions",
            [{ title: "condition" }, { title: "id" }, { title: "workload" }, { title: "parameters" }],
            measured.campaign.conditions.map(({ id, label, workload, parameters }) => ({
              cells: [
                label,
                html`<code>${id}</code>`,
                workload,
                Object.entries(parameters)
                  .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
                  .join(", "),
              ],
            })),
          )
    }${
      settings.length === 0
        ? null
        : folded(
            `${wordCount(settings.length, "setting")} that claims ask for`,
            table(
              "Settings",
              [
                { title: "workload" },
                { title: "environment" },
                { title: "setting" },
                { title: "value" },
                { title: "from" },
              ],
              settings,
            ),
          )
    }`,
  };
}

export function labelMarkup(label: string, environment: string | null): Part {
  return html`<span class="nowrap"><span class="swatch ${environment ?? ""}"></span>${label}</span>`;
}

export function readingSection(paper: boolean): Section {
  return {
    id: "reading",
    title: "How to read it",
    content: list([
      "“Mean ± s” is the arithmetic mean and the sample standard deviation of n values.",
      paper
        ? "“Ratio to native” is the quotient of the means, with a 95 % interval by the delta method where both ends have repeats."
        : "“Ratio to native” is the geometric mean of the ratios within each block, with its 95 % interval (Student's t on the paired logarithms).",
      "Bars begin at a ratio of 1; on each side the scale is that of the logarithm, the same within a heading. The whisker is the 95 % interval.",
      "Grey: not distinguishable from native. The interval contains 1, or the ratio is no farther from 1 than the interval of native against itself reaches.",
      "Hatched: not proven. The evidence of a run behind it was not held or is not known, or the guest ran emulated.",
      "Outliers are values beyond Tukey's fences. They are marked and never left out; failed runs are listed and carry no value.",
      "Colours: native, containers and virtual machines have one colour each, in tables and figures alike.",
    ]),
  };
}

export function referenceSection(found: readonly Reference[]): Section {
  return {
    id: "references",
    title: "References",
    content: html`${list(
      found.map((reference) => {
        const { url, doi } = reference.citation.fields;
        const address = doi === undefined ? url : `https://doi.org/${doi}`;
        return html`${referenceText(reference)}${address === undefined ? null : html` <span class="mono">${address}</span>`}`;
      }),
    )}${folded("BibTeX", html`<pre tabindex="0">${bibtex(found)}</pre>`)}`,
  };
}
