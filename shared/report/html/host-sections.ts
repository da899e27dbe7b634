// The hosts: what they were before and after, what was changed on them, and whether all was restored.
import { compareFacts } from "../../facts/compare-facts.ts";
import { readableFacts } from "../../facts/readable-facts.ts";
import type { Facts } from "../../model/facts.ts";
import { hostRoles } from "../../model/lab.ts";
import { changeTally, changeTexts, machineTitles, mainFacts } from "../host-section.ts";
import { capital } from "../list-text.ts";
import { folded, html, table, type Part, type Section } from "./markup.ts";
import type { ReportedCampaign } from "./report-inputs.ts";

export function hostSection({ campaign, facts }: ReportedCampaign): Section {
  const { lab } = campaign;
  const columns = hostRoles.flatMap((role) =>
    (["before", "after"] as const).map((moment) => ({
      role,
      moment,
      found: facts[`${role}-${moment}`] ?? null,
    })),
  );
  const rows = [
    ["address for SSH", ...columns.map(({ role }) => lab[role].address)],
    ["address for the traffic", ...columns.map(({ role }) => lab[role].dataAddress)],
    ...mainFacts.map(([title, of]) => [
      title,
      ...columns.map(({ found }) => (found === null ? "not recorded" : of(found))),
    ]),
  ];
  return {
    id: "hosts",
    title: "Hosts",
    content: html`${table(
      "Main facts of the hosts",
      [
        { title: "fact" },
        ...columns.map(({ role, moment }) => ({ title: `${machineTitles[role]}, ${moment}` })),
      ],
      rows.map((cells) => ({ cells })),
    )}
    ${hostRoles.map((role) => differencesOf(role, facts))}
    ${Object.entries(facts)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, found]) => folded(html`All facts: <code>${name}</code>`, allFacts(name, found)))}`,
  };
}

function differencesOf(role: (typeof hostRoles)[number], facts: ReportedCampaign["facts"]): Part {
  const [before, after] = [facts[`${role}-before`], facts[`${role}-after`]];
  if (before === undefined || after === undefined) return null;
  const differences = compareFacts(before, after);
  const title = machineTitles[role];
  if (differences.length === 0) return html`<p>The facts of the ${title} are the same before and after.</p>`;
  return html`<p>Facts of the ${title} that differ between before and after:</p>
    ${differenceTable(`Differences of the ${title}`, differences)}`;
}

function differenceTable(
  label: string,
  differences: readonly { readonly path: string; readonly before: string; readonly after: string }[],
): Part {
  return table(
    label,
    [{ title: "fact" }, { title: "before" }, { title: "after" }],
    differences.map(({ path, before, after }) => ({ cells: [html`<code>${path}</code>`, before, after] })),
  );
}

function allFacts(name: string, found: Facts): Part {
  return table(
    `Facts ${name}`,
    [{ title: "fact" }, { title: "value" }, { title: "remark" }],
    readableFacts(found).flatMap(({ title, rows }) => [
      { heading: true, cells: [title] },
      ...rows.map(({ label, value, remark }) => ({ cells: [label, value, remark] })),
    ]),
  );
}

export function restorationSection({ state }: ReportedCampaign): Section {
  const changes = changeTally(state);
  return {
    id: "restoration",
    title: "Changes of the hosts and their restoration",
    content: html`${
      changes.length === 0
        ? html`<p>Nothing was changed on the hosts.</p>`
        : table(
            "Table of changes",
            [
              { title: "change" },
              { title: "machine" },
              { title: "at the end" },
              { title: "times", number: true },
            ],
            changes.map(({ machine, title, status, times }) => ({
              cells: [title, machineTitles[machine], changeTexts[status], times],
            })),
          )
    }
    ${
      state.comparisons.size === 0
        ? html`<p>The hosts were not compared with their state from before the campaign.</p>`
        : [...state.comparisons].map(([machine, differences]) =>
            differences.length === 0
              ? html`<p>${capital(machineTitles[machine])}: identical to before.</p>`
              : html`<p>${capital(machineTitles[machine])}: not as before in this.</p>
                  ${differenceTable(`What remained different on the ${machineTitles[machine]}`, differences)}`,
          )
    }`,
  };
}
