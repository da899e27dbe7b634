// What the paper is, what was measured, and where its text and its data disagree.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { subjectText } from "#shared/claims/claim-words.ts";
import type { Contradiction, Subject } from "#shared/model/dataset.ts";
import type { PaperCoverage, PaperFacts, PaperTable } from "#shared/model/paper.ts";
import { CopyButton } from "#renderer/components/copy-button.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { usePaperDataset, usePaperFacts } from "./use-paper.ts";
import styles from "./paper-about.module.css";

export function PaperAbout({ campaignId }: { readonly campaignId: string }) {
  const { value: paper, failure, reload } = usePaperFacts();
  const dataset = usePaperDataset();
  const failed = failure ?? dataset.failure;
  if (failed !== null)
    return (
      <FailureNotice
        failure={failed}
        actions={
          <Button variant="default" onClick={() => void Promise.all([reload(), dataset.reload()])}>
            Read again
          </Button>
        }
      />
    );
  if (paper === null || dataset.value === null) return <p role="status">Reading the paper's data…</p>;
  const base = `/campaigns/${encodeURIComponent(campaignId)}`;
  return (
    <div className={styles.page}>
      <Section title="The paper">
        <Origin paper={paper} place={dataset.value.place} />
      </Section>
      <Section title="Where the paper and its data disagree" flush>
        {dataset.value.contradictions.map((each) => (
          <Disagreement key={each.id} contradiction={each} />
        ))}
      </Section>
      <Section title="What the data cover" flush>
        <Coverage coverage={paper.coverage} base={base} />
      </Section>
      <Section title="Environments">
        <dl className={styles.facts}>
          {paper.environments.map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {paper.tables.map((table, index) => (
        <Section key={table.id} title={`Table ${index + 1}: ${table.title}`} flush>
          <Table table={table} />
        </Section>
      ))}
      <Section title="What misleads in the raw data">
        <ul className={styles.list}>
          {paper.traps.map((trap) => (
            <li key={trap}>{trap}</li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Origin({ paper, place }: { readonly paper: PaperFacts; readonly place: string }) {
  const { title, authors, report, year, repository } = paper;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Title</dt>
        <dd>{title}</dd>
      </div>
      <div>
        <dt>Authors</dt>
        <dd>{authors.join(", ")}</dd>
      </div>
      <div>
        <dt>Report</dt>
        <dd>
          {report}, {year}
        </dd>
      </div>
      <div>
        <dt>Repository</dt>
        <dd>
          <code>{repository.url}</code>{" "}
          <CopyButton text={repository.url} label="Copy the repository's address" />
        </dd>
      </div>
      <div>
        <dt>Head</dt>
        <dd>
          <code>{repository.head}</code>, {repository.headDate}
        </dd>
      </div>
      <div>
        <dt>Licence</dt>
        <dd>{repository.licence}: Tare carries the numbers, not the authors' files.</dd>
      </div>
      <div>
        <dt>Machines</dt>
        <dd>{place}</dd>
      </div>
    </dl>
  );
}

function Disagreement({ contradiction }: { readonly contradiction: Contradiction }) {
  const { id, title, paper, data, reason } = contradiction;
  const heading = `contradiction-${id}`;
  return (
    <article className={styles.disagreement} aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <dl>
        <div>
          <dt>The paper</dt>
          <dd>{paper}</dd>
        </div>
        <div>
          <dt>Its data</dt>
          <dd>{data}</dd>
        </div>
        <div>
          <dt>Why</dt>
          <dd>{reason}</dd>
        </div>
      </dl>
    </article>
  );
}

function Coverage({
  coverage,
  base,
}: {
  readonly coverage: readonly PaperCoverage[];
  readonly base: string;
}) {
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Workload</th>
            <th scope="col">From</th>
            <th scope="col" data-number>
              Points
            </th>
            <th scope="col" data-number>
              Others
            </th>
            <th scope="col" data-number>
              Curves
            </th>
            <th scope="col">Repeats</th>
          </tr>
        </thead>
        <tbody>
          {coverage.map(({ figure, subjects, origins, points, others, curves, repeats }) => (
            <tr key={figure}>
              <th scope="row">
                {figure === null ? (
                  "in no figure"
                ) : (
                  <Link href={`${base}/figures#figure-${figure}`}>Figure {figure}</Link>
                )}
              </th>
              <td>{subjects.map((subject) => subjectText(subject as Subject)).join(", ")}</td>
              <td>{origins.join(", ")}</td>
              <td data-number>{points}</td>
              <td data-number>{others}</td>
              <td data-number>{curves}</td>
              <td>{repeatsText(repeats)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.remark}>
        Others: pilots, re-runs and further commands of the same kind, which stand for no bar or line of the
        figure. Figure 19 is Figure 16 over Figure 18; Figures 6, 9 and 15 are drawings.
      </p>
    </div>
  );
}

function repeatsText(repeats: PaperCoverage["repeats"]): string {
  if (repeats === null) return "not stated";
  const [least, most] = repeats;
  return least === most ? String(least) : `${least} to ${most}`;
}

function Table({ table }: { readonly table: PaperTable }) {
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column.replaceAll("_", " ")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={String(row[0])}>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key={table.columns[index]} scope="row">
                    {String(cell)}
                  </th>
                ) : (
                  <td key={table.columns[index]}>{String(cell)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.remark}>Source: {table.source}.</p>
    </div>
  );
}
