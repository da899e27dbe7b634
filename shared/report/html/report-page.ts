// A campaign as one HTML file that opens anywhere, without Tare and without a network, and loads nothing.
import { scriptElement } from "../../figures/html-text.ts";
import { references } from "../bibtex.ts";
import { campaignStatusText } from "../campaign-report.ts";
import { capital, wordCount } from "../list-text.ts";
import { dateText } from "../methods-text.ts";
import { countText } from "../number.ts";
import {
  cautionSection,
  designSection,
  methodsSection,
  readingSection,
  referenceSection,
} from "./about-sections.ts";
import { claimSection } from "./claim-section.ts";
import { commandSection, orderSection } from "./course-sections.ts";
import { figureData, figureSection } from "./figure-section.ts";
import { hostSection, restorationSection } from "./host-sections.ts";
import { html, trusted, type Markup, type Part, type Section } from "./markup.ts";
import { pageStyle } from "./page-style.ts";
import { evidenceSection, exclusionSection, refusedSection } from "./proof-sections.ts";
import { hatches } from "./ratio-bar.ts";
import type { ReportInputs } from "./report-inputs.ts";
import { ladderSection, noiseSection, resultSection, startUpSection } from "./result-sections.ts";

/** The whole file. Its policy names the one script and the one style that it holds: nothing else runs, nothing is loaded. */
export function reportPage(inputs: ReportInputs): string {
  const { dataset, script, sha256 } = inputs;
  const sections = sectionsOf(inputs);
  const scriptMarkup = scriptElement(script);
  const source = (text: string) => `'sha256-${sha256(text)}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${source(scriptMarkup.slice("<script>".length, -"</script>".length))}`,
    // Plotly adds one empty style element.
    `style-src ${source(pageStyle)} ${source("")}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const body = html`<body>
    <a class="skip" href="#report">To the report</a>
    ${hatches}
    <div class="frame">
      <nav aria-label="Sections">
        <p>Tare report</p>
        <ol>
          ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
        </ol>
      </nav>
      <main id="report" tabindex="-1">
        ${headOf(inputs)} ${sections.map(sectionMarkup)} ${footOf(inputs)}
      </main>
    </div>
    ${figureData(inputs.figures)} ${trusted(scriptMarkup)}
  </body>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${html`Tare ${inputs.version}`.markup}">
<meta http-equiv="Content-Security-Policy" content="${html`${policy}`.markup}">
<title>${html`${dataset.name}`.markup}: report</title>
<style>${pageStyle}</style>
</head>
${body.markup}
</html>
`;
}

function sectionsOf(inputs: ReportInputs): Section[] {
  const { dataset, measured, figures, unreadable, claims, version } = inputs;
  const used = measured === null ? null : { campaign: measured.campaign, facts: measured.facts };
  const shown = measured === null ? null : measured.results;
  return [
    methodsSection(dataset, measured),
    cautionSection(dataset, measured),
    resultSection(dataset, measured),
    figureSection({ figures, unreadable }),
    ...(measured === null ? [] : [noiseSection(measured)]),
    ...(shown === null ? [] : [ladderSection(shown, dataset.slots), startUpSection(shown, dataset.slots)]),
    claimSection(claims),
    ...(measured === null
      ? []
      : [evidenceSection(dataset, measured), refusedSection(measured), exclusionSection(dataset, measured)]),
    designSection(dataset, measured),
    ...(measured === null
      ? []
      : [
          orderSection(dataset, measured),
          commandSection(measured),
          hostSection(measured),
          restorationSection(measured),
        ]),
    readingSection(measured === null),
    referenceSection(references(used, version)),
  ];
}

function sectionMarkup({ id, title, content }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section> `;
}

function headOf({ dataset, measured }: ReportInputs): Markup {
  const rows: (readonly [string, Part])[] =
    measured === null
      ? [
          ["Machines", dataset.place],
          ["Data of", dateText(dataset.createdAt)],
          ["Points", countText(dataset.points.length, "point")],
          ["Environments", countText(dataset.slots.length, "series", "series")],
        ]
      : [
          ["Status", campaignStatusText(measured.state)],
          ["Made", `${dateText(dataset.createdAt)}, ${dataset.createdAt.slice(11, 16)} UTC`],
          ["Lab", dataset.place],
          ["Design", capital(wordCount(measured.campaign.blocks, "block"))],
          ["Seed", String(measured.campaign.seed)],
          ["Measured with", `Tare ${measured.campaign.versions.tare}`],
        ];
  const kind = measured === null ? "The reference data, read-only" : "Report of a measured campaign";
  return html`<header>
    <p class="kind">${kind}</p>
    <h1>${dataset.name}</h1>
    <dl>
      ${[["Campaign", html`<code>${dataset.id}</code>`] as const, ...rows].map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${
      dataset.demo
        ? html`<div class="notice">
            <p>Both hosts are parts of one machine: nothing here is a result about hardware.</p>
          </div>`
        : null
    }
  </header> `;
}

function footOf({ version, madeAt, measured, dataset }: ReportInputs): Markup {
  return html`<footer>
    <p>
      Written by Tare ${version} on ${dateText(madeAt)} at ${madeAt.slice(11, 16)} UTC. This file loads
      nothing: it is whole as it stands.
      ${measured === null ? null : html`Again: <code>tare report ${dataset.id} --html</code>`}
    </p>
  </footer>`;
}
