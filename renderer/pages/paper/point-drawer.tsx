// One point of the paper with everything that is known of it.
import { Drawer } from "@mantine/core";
import { Link } from "wouter";
import { subjectText } from "#shared/claims/claim-words.ts";
import type { DataPoint } from "#shared/model/dataset.ts";
import { ratioWithInterval, significant } from "#shared/report/number.ts";
import { paperEnvironmentLabel } from "#shared/reference/paper-environments.ts";
import styles from "./paper-data.module.css";

interface PointDrawerProps {
  readonly campaignId: string;
  /** Null: closed. */
  readonly point: DataPoint | null;
  readonly onClose: () => void;
}

export function PointDrawer({ campaignId, point, onClose }: PointDrawerProps) {
  return (
    <Drawer
      opened={point !== null}
      onClose={onClose}
      title={point === null ? "" : `${subjectText(point.subject)}, ${point.title}`}
      position="right"
      size="min(560px, 94vw)"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {point === null ? null : <Facts point={point} campaignId={campaignId} />}
    </Drawer>
  );
}

function Facts({ point, campaignId }: { readonly point: DataPoint; readonly campaignId: string }) {
  const { environment, paperEnvironment, source, samples, unit, mean, deviation, deviationNote } = point;
  const { interval, n, ratio, slot } = point;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Environment, as the data show", environment === null ? slot : paperEnvironmentLabel(environment)],
    ["The paper's label", paperEnvironment === null ? null : paperEnvironmentLabel(paperEnvironment)],
    ["Mean", `${significant(mean, 6)} ${unit}`],
    ["Standard deviation", deviation === null ? "not known" : `${significant(deviation, 4)} ${unit}`],
    ["What the deviation is of", deviationNote],
    [
      "95 % interval",
      interval === null
        ? "cannot be told"
        : `${significant(interval[0], 6)} to ${significant(interval[1], 6)} ${unit}`,
    ],
    ["Repeats", n === null ? "not stated by the authors" : String(n)],
    ["Ratio to native, from the means", ratio === null ? null : ratioWithInterval(ratio)],
    ["Derivation", source?.derivation === "" ? null : (source?.derivation ?? null)],
    ["Files of the repository", source?.files.join(", ") ?? null],
    ["Note", source?.note ?? null],
    ["Series", source?.series ?? null],
    ["Conditions", termLines(point)],
  ];
  return (
    <dl className={styles.facts}>
      {source?.figure == null ? null : (
        <div>
          <dt>Shown in</dt>
          <dd>
            <Link href={`/campaigns/${encodeURIComponent(campaignId)}/figures#figure-${source.figure}`}>
              Figure {source.figure}
            </Link>
          </dd>
        </div>
      )}
      {facts.map(([name, text]) =>
        text === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
      <div>
        <dt>Every repeat, {unit}</dt>
        <dd>
          {samples === null ? (
            "Only the summary was kept."
          ) : (
            <ol className={styles.samples}>
              {samples.map(({ block, value, outlier }) => (
                <li key={block}>
                  {significant(value, 6)}
                  {outlier ? " (outlier)" : ""}
                </li>
              ))}
            </ol>
          )}
        </dd>
      </div>
    </dl>
  );
}

function termLines({ terms }: DataPoint): string {
  return Object.entries(terms)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${String(value)}`)
    .join(", ");
}
