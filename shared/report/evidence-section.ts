// The report's account of the evidence: what was not held or is not known, in how many runs, with an example.
import { evidenceTitle, type EvidenceSummary } from "./evidence-summary.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import { countText } from "./number.ts";

export function evidenceSection(summaries: readonly EvidenceSummary[]): string[] {
  if (summaries.length === 0) return [];
  const runs = summaries.reduce((sum, each) => sum + each.runs, 0);
  const without = summaries.reduce((sum, each) => sum + each.runs - each.withEvidence, 0);
  const gaps = summaries.flatMap(({ label, runs: own, gaps: found }) =>
    found.map(({ name, required, verdict, runs: count, example }) =>
      [
        label,
        `${evidenceTitle(name)}${required ? "" : " (for context)"}`,
        verdict === "not-held" ? "not held" : "unknown",
        `${count} of ${own}`,
        example.expected,
        example.found,
        example.runId,
      ].map(markdownText),
    ),
  );
  return [
    "## Evidence",
    "",
    `After each run Tare looked for what proves that the configuration really held and that the machines were fit to be measured: ${countText(runs, "run")} with a result${without === 0 ? "" : `, ${without} of them without evidence`}. ${gaps.length === 0 ? "Everything held." : "Everything held except this; figures hatch what lacks a required item:"}`,
    "",
    ...markdownTable(
      ["configuration", "what", "verdict", "runs", "expected", "found, for example", "in run"],
      gaps,
    ),
  ];
}
