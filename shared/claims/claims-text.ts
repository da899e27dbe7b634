// Judged claims as plain text of at most 100 columns, for the terminal, and each as text to copy.
import type { ClaimJudgement, ClaimVerdict, Labelling } from "../model/claim.ts";
import { countText } from "../report/number.ts";
import { indented, wrapped, tableWidth } from "../report/text-table.ts";
import { boundsText, claimNumber, claimRange } from "./claim-number.ts";
import { claimSections } from "./claim-sections.ts";
import { partText, scalarText } from "./claim-words.ts";

const words: Readonly<Record<ClaimVerdict, string>> = {
  holds: "holds",
  "does-not-hold": "does not hold",
  "cannot-tell": "cannot be told",
};

export function verdictText(verdict: ClaimVerdict): string {
  return words[verdict];
}

const labels: Readonly<Record<Labelling, string>> = {
  measured: "series of the paper by what their data show",
  paper: "series of the paper by its own labels",
};

/** Counts, then a paragraph a claim. Ends with a line break. */
export function claimsText(claims: readonly ClaimJudgement[], labelling: Labelling): string {
  const count = (verdict: ClaimVerdict) => claims.filter((claim) => claim.verdict === verdict).length;
  const lines = [
    `${countText(claims.length, "claim")}: ${count("holds")} hold, ${count("does-not-hold")} do not, ${count("cannot-tell")} cannot be told; ${labels[labelling]}`,
  ];
  for (const { heading, claims: own } of claimSections(claims))
    lines.push("", heading, ...own.flatMap((claim) => ["", ...claimLines(claim)]));
  return `${lines.join("\n")}\n`;
}

function claimLines(claim: ClaimJudgement): string[] {
  const { id, verdict, sentence, relation, reasons } = claim;
  return [
    `${verdictText(verdict).padEnd(14)}  ${id}`,
    ...wrapped(sentence, tableWidth - 4).map((line) => `    ${line}`),
    ...indented(relation, 4),
    ...indented(`here: ${valuesText(claim)}; the paper's data: ${referenceText(claim)}`, 4),
    ...reasons.flatMap((reason) => indented(reason, 4)),
  ];
}

/** `0.448 ×`, `26 values, 100 600 to 114 540 1/s, mean 107 420 1/s`, `yes`, `no values`. */
export function valuesText({ values, unit }: Pick<ClaimJudgement, "values" | "unit">): string {
  if (values === null) return "no values";
  if ("values" in values) return values.values.map(scalarText).join(", ");
  const { n, min, mean, max } = values;
  if (n === 1) return claimNumber(mean, unit);
  return `${n} values, ${claimRange(min, max, unit)}, mean ${claimNumber(mean, unit)}`;
}

function referenceText({ reference, unit }: Pick<ClaimJudgement, "reference" | "unit">): string {
  const { verdict, values } = reference;
  return values === null
    ? `${verdictText(verdict)}, no values`
    : `${verdictText(verdict)}, ${valuesText({ values, unit })}`;
}

/** One claim as text to paste, with everything that the page shows. */
export function claimText(claim: ClaimJudgement, campaign: string): string {
  const { id, sentence, section, relation, verdict, reasons, notes, paperText, parts, unit, low, high } =
    claim;
  return [
    `${sentence} (Felter et al. 2014, ${section === "repo" ? "repository" : `section ${section}`}; ${id})`,
    relation,
    ...(paperText === null ? [] : [`The paper: ${paperText}.`]),
    `The paper's data: ${referenceText(claim)}.`,
    `${campaign}: ${verdictText(verdict)}, ${valuesText(claim)}.`,
    ...parts.map(({ terms, value, interval }) => {
      const place = partText(terms);
      const range = interval === null ? "" : ` (${claimRange(interval[0], interval[1], unit)})`;
      return `  ${place === "" ? "value" : place}: ${claimNumber(value, unit)}${range}`;
    }),
    ...(low === null && high === null ? [] : [`Bounds: ${boundsText(low, high, unit)}.`]),
    ...reasons,
    ...notes.map((note) => `Note: ${note}.`),
  ].join("\n");
}
