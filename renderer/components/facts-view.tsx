// Facts of one machine, or of the same machine at two moments side by side, differences marked.
import { Switch, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Facts } from "#shared/model/facts.ts";
import { readableFacts } from "#shared/facts/readable-facts.ts";
import type { FactGroup, FactRow } from "#shared/facts/readable-row.ts";
import { instantText } from "#renderer/format/instant.ts";
import { countText } from "#shared/report/number.ts";
import { Section } from "./section.tsx";
import styles from "./facts-view.module.css";

export interface FactColumn {
  readonly title: string;
  readonly facts: Facts;
}

interface Row {
  readonly label: string;
  readonly values: readonly FactRow[];
  readonly differs: boolean;
}

interface FactsViewProps {
  readonly columns: readonly FactColumn[];
  /** The columns show the same machine: lines that differ are marked and can be shown alone. */
  readonly compare?: boolean;
}

export function FactsView({ columns, compare = false }: FactsViewProps) {
  const [filter, setFilter] = useState("");
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const groups = useMemo(() => merge(columns, compare), [columns, compare]);
  const word = filter.trim().toLowerCase();
  const shown = groups
    .map(({ title, rows }) => ({
      title,
      rows: rows.filter(
        ({ label, values, differs }) =>
          (!onlyDifferent || differs) &&
          [title, label, ...values.flatMap(({ value, remark }) => [value, remark])].some((text) =>
            text.toLowerCase().includes(word),
          ),
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
  const differences = groups.flatMap(({ rows }) => rows).filter(({ differs }) => differs).length;
  const tracks = { gridTemplateColumns: `minmax(130px, 210px) repeat(${columns.length}, minmax(0, 1fr))` };

  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <TextInput
          className={styles.filter}
          aria-label="Filter the facts"
          placeholder="Filter the facts"
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        {!compare ? null : (
          <Switch
            label={`Only what differs (${countText(differences, "line")})`}
            checked={onlyDifferent}
            onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
          />
        )}
      </div>
      <div className={styles.heads} style={tracks}>
        <span />
        {columns.map(({ title, facts }) => (
          <span key={title}>
            <strong>{title}</strong> <span className={styles.taken}>{instantText(facts.takenAt)}</span>
          </span>
        ))}
      </div>
      {shown.map(({ title, rows }) => (
        <Section key={title} title={title} flush>
          <dl className={styles.rows}>
            {rows.map(({ label, values, differs }) => (
              <div key={label} className={styles.row} style={tracks} data-differs={differs || undefined}>
                <dt>
                  {label}
                  {differs ? <span className={styles.mark}> differs</span> : null}
                </dt>
                {values.map(({ value, remark }, index) => (
                  <dd key={columns[index]?.title}>
                    {value}
                    {remark === "" ? null : <span className={styles.taken}> · {remark}</span>}
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </Section>
      ))}
      {shown.length === 0 ? <p className={styles.taken}>No fact matches.</p> : null}
    </div>
  );
}

function merge(
  columns: readonly FactColumn[],
  compare: boolean,
): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const perColumn = columns.map(({ facts }) => readableFacts(facts));
  const titles = unique(perColumn.flatMap((groups) => groups.map(({ title }) => title)));
  return titles.map((title) => {
    const groups = perColumn.map((all) => all.find((group) => group.title === title));
    const labels = unique(groups.flatMap((group) => group?.rows.map(({ label }) => label) ?? []));
    return { title, rows: labels.map((label) => row(label, groups, compare)) };
  });
}

function row(label: string, groups: readonly (FactGroup | undefined)[], compare: boolean): Row {
  const values = groups.map(
    (group) => group?.rows.find((line) => line.label === label) ?? { label, value: "absent", remark: "" },
  );
  return {
    label,
    values,
    differs: compare && !moving.has(label) && new Set(values.map(({ value }) => value)).size > 1,
  };
}

/** Lines that differ between any two probes and say nothing. */
const moving: ReadonlySet<string> = new Set(["Probed at", "Free disk space"]);

const unique = (texts: readonly string[]) => [...new Set(texts)];
