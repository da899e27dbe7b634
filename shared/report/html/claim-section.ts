// The paper's sentences judged on this campaign, with the numbers that the verdicts rest on.
import { boundsText } from "../../claims/claim-number.ts";
import { valuesText, verdictText } from "../../claims/claims-text.ts";
import type { ClaimJudgement, ClaimVerdict } from "../../model/claim.ts";
import { capital, wordCount } from "../list-text.ts";
import { folded, html, table, type Markup, type Section } from "./markup.ts";

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
        html`<span class="verdict ${tones[claim.verdict]}">${verdictText(claim.verdict)}</span>`,
        valuesText(claim),
        boundsOf(claim),
        html`${verdictText(claim.reference.verdict)}:
        ${valuesText({ values: claim.reference.values, unit: claim.unit })}${claim.paperText === null ? null : html`<br /><span class="dim">${claim.paperText}</span>`}`,
        html`${[...claim.reasons, ...claim.notes].map((text) => html`${text}<br />`)}`,
      ],
    })),
  );
}

/** A setting has no bounds. */
function boundsOf({ low, high, unit }: ClaimJudgement): string {
  return low === null && high === null ? "–" : boundsText(low, high, unit);
}
