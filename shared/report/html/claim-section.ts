// The paper's sentences judged on this campaign, with the numbers that the verdicts rest on.
import type { ClaimJudgement, ClaimVerdict } from "../../model/claim.ts";
import { capital, wordCount } from "../list-text.ts";
import { significant } from "../number.ts";
import { folded, html, table, type Markup, type Part, type Section } from "./markup.ts";

const verdictTexts: Readonly<Record<ClaimVerdict, string>> = {
  holds: "holds",
  "does-not-hold": "does not hold",
  "cannot-tell": "cannot be told",
};

const tones: Readonly<Record<ClaimVerdict, string>> = {
  holds: "good",
  "does-not-hold": "bad",
  "cannot-tell": "open",
};

export function claimSection(claims: readonly ClaimJudgement[] | null): Section {
  const title = "The paper's claims";
  if (claims === null || claims.length === 0)
    return {
      id: "claims",
      title,
      content: html`<p>The paper's claims were not judged on this campaign.</p>`,
    };
  const count = (verdict: ClaimVerdict) => claims.filter((claim) => claim.verdict === verdict).length;
  const told = claims.filter(({ verdict }) => verdict !== "cannot-tell");
  const open = claims.filter(({ verdict }) => verdict === "cannot-tell");
  return {
    id: "claims",
    title,
    content: html`<p>
        ${capital(wordCount(claims.length, "claim"))} of Felter et al. (2014): ${count("holds")} hold here,
        ${count("does-not-hold")} do not, and of ${count("cannot-tell")} it cannot be told.
      </p>
      ${told.length === 0 ? null : claimTable("Claims that can be told", told)}${
        open.length === 0
          ? null
          : folded(
              `Cannot be told: ${wordCount(open.length, "claim")}`,
              claimTable("Claims that cannot be told", open),
            )
      }`,
  };
}

function claimTable(label: string, claims: readonly ClaimJudgement[]): Markup {
  return table(
    label,
    [
      { title: "claim" },
      { title: "verdict" },
      { title: "found here" },
      { title: "bounds" },
      { title: "in the paper's data" },
      { title: "why" },
    ],
    claims.map((claim) => ({
      cells: [
        html`${claim.sentence}<br /><span class="dim"
            ><code>${claim.id}</code>,
            §${claim.section}${claim.figure === null ? null : `, Figure ${claim.figure}`}:
            ${claim.relation}</span
          >`,
        html`<span class="verdict ${tones[claim.verdict]}">${verdictTexts[claim.verdict]}</span>`,
        valuesText(claim.values, claim.unit),
        boundsText(claim),
        html`${verdictTexts[claim.reference.verdict]}:
        ${valuesText(claim.reference.values, claim.unit)}${claim.paperText === null ? null : html`<br /><span class="dim">${claim.paperText}</span>`}`,
        html`${[...claim.reasons, ...claim.notes].map((text) => html`${text}<br />`)}`,
      ],
    })),
  );
}

function valuesText(values: ClaimJudgement["values"], unit: string): Part {
  if (values === null) return "–";
  if ("values" in values) return values.values.map((value) => String(value)).join(", ");
  const { n, min, mean, max } = values;
  const number = (value: number) => significant(value, 4);
  return n === 1 || min === max
    ? `${number(mean)} ${unit}`
    : `${number(mean)} ${unit} (${number(min)} to ${number(max)}, ${n} values)`;
}

function boundsText({ low, high, unit }: ClaimJudgement): string {
  if (low === null && high === null) return "–";
  if (low === null) return `at most ${significant(high ?? 0, 4)} ${unit}`;
  if (high === null) return `at least ${significant(low, 4)} ${unit}`;
  return `${significant(low, 4)} to ${significant(high, 4)} ${unit}`;
}
