// How wide the 95 % intervals should become with the chosen number of blocks, by the noise of the lab's past campaigns.
import type { Failure } from "#shared/model/error.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { LabNoise } from "#shared/model/noise.ts";
import { workloadNames, type WorkloadName } from "#shared/model/workload.ts";
import type { ExpectedScatter } from "#shared/plan/expected-widths.ts";
import { countText, shareText } from "#shared/report/number.ts";
import { expectedShare } from "#shared/stats/expected-interval.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { instantText } from "#renderer/format/instant.ts";
import { comparedCells } from "./compared-cells.ts";
import type { MatrixRow } from "./scope.ts";
import styles from "./expected-intervals.module.css";

export const comparedWords = {
  control: "native again (A/A)",
  native: "other native",
  docker: "Docker",
  kvm: "KVM",
} as const;

interface ExpectedIntervalsProps {
  readonly lab: Lab | null;
  readonly noise: LabNoise | null;
  readonly failure: Failure | null;
  readonly scatter: readonly ExpectedScatter[];
  readonly rows: readonly MatrixRow[];
  readonly blocks: number;
}

export function ExpectedIntervals(props: ExpectedIntervalsProps) {
  const { lab, noise, failure, scatter, rows, blocks } = props;
  if (failure !== null) return <FailureNotice failure={failure} />;
  if (lab === null) return null;
  if (noise === null)
    return (
      <p className={styles.quiet} role="status">
        Looking at past campaigns of {lab.name}…
      </p>
    );
  const cells = comparedCells(rows);
  const names = workloadNames.filter((name) =>
    cells.some(({ conditions }) => conditions.some(({ workload }) => workload === name)),
  );
  return (
    <div className={styles.expected}>
      {scatter.length === 0 ? (
        <p className={styles.quiet}>{nothingKnown(noise, lab)}</p>
      ) : (
        <>
          <table className={styles.table}>
            <caption>
              {blocks < 2
                ? "One block has no interval: there is one from 2 on"
                : `95 % interval of a ratio to native that is to be expected from ${countText(blocks, "block")}`}
            </caption>
            <thead>
              <tr>
                <th scope="col">Workload</th>
                {cells.map(({ compared }) => (
                  <th key={compared} scope="col">
                    {comparedWords[compared]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {names.map((name) => (
                <tr key={name}>
                  <th scope="row">{workloads[name].title}</th>
                  {cells.map(({ compared }) => (
                    <td key={compared}>
                      <Width scatter={entryOf(scatter, name, compared)} blocks={blocks} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.quiet}>{sourceText(noise, lab, scatter)}</p>
        </>
      )}
      {noise.errors.map((each) => (
        <p key={`${each.code} ${each.message}`} className={styles.damaged}>
          Not counted: {each.message}
        </p>
      ))}
    </div>
  );
}

function entryOf(
  scatter: readonly ExpectedScatter[],
  name: WorkloadName,
  compared: ExpectedScatter["compared"],
): ExpectedScatter | undefined {
  return scatter.find((each) => each.workload === name && each.compared === compared);
}

function Width({
  scatter,
  blocks,
}: {
  readonly scatter: ExpectedScatter | undefined;
  readonly blocks: number;
}) {
  const usual = scatter === undefined ? null : expectedShare(scatter.deviation, blocks);
  const worst = scatter === undefined ? null : expectedShare(scatter.worst, blocks);
  if (scatter === undefined || usual === null || worst === null)
    return <span className={styles.quiet}>–</span>;
  return (
    <>
      ± {shareText(usual)}
      {worst > 1.1 * usual ? <span className={styles.quiet}> (up to {shareText(worst)})</span> : null}
      {scatter.same ? null : <span className={styles.quiet}> *</span>}
    </>
  );
}

function nothingKnown({ campaigns }: LabNoise, lab: Lab): string {
  const why =
    campaigns === 0
      ? `The library has no complete campaign of ${lab.name}`
      : `The complete campaigns of ${lab.name} measured none of these workloads in two blocks`;
  return `${why}: how wide the intervals will be is not known. There are intervals from 2 blocks on; 10 are usual.`;
}

function sourceText(noise: LabNoise, lab: Lab, scatter: readonly ExpectedScatter[]): string {
  const newest = noise.newest === null ? "" : `, the newest of ${instantText(noise.newest).slice(0, 10)}`;
  return [
    `From ${countText(noise.campaigns, "complete campaign")} of ${lab.name}${newest}; emulated runs do not count.`,
    ...(scatter.every(({ same }) => same) ? [] : ["* From other conditions of the workload."]),
    ...(noise.demo ? ["Both hosts of this lab are one machine: its noise says nothing of hardware."] : []),
  ].join(" ");
}
