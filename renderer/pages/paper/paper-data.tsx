// Every point of the paper with its repeats, unit, derivation and source.
import { Button, MultiSelect, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import { subjectText } from "#shared/claims/claim-words.ts";
import { termsText } from "#shared/dataset/terms-text.ts";
import type { DataPoint, DataSlot } from "#shared/model/dataset.ts";
import { countText, significant } from "#shared/report/number.ts";
import { paperEnvironmentLabel } from "#shared/reference/paper-environments.ts";
import { DataTable, type DataColumn } from "#renderer/components/data-table.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { PointDrawer } from "./point-drawer.tsx";
import { usePaperDataset } from "./use-paper.ts";
import styles from "./paper-data.module.css";

export function PaperData({ campaignId }: { readonly campaignId: string }) {
  const { value, failure, reload } = usePaperDataset();
  const [text, setText] = useState("");
  const [subjects, setSubjects] = useState<string[]>([]);
  const [opened, setOpened] = useState<DataPoint | null>(null);
  const wanted = useDeferredValue(text);
  const points = value?.points;
  const shown = useMemo(
    () => (points ?? []).filter((point) => fits(point, wanted, subjects)),
    [points, wanted, subjects],
  );
  const slots = value?.slots;
  const columns = useMemo(() => columnsOf(setOpened, slots ?? []), [slots]);
  if (failure !== null)
    return (
      <FailureNotice
        failure={failure}
        actions={
          <Button variant="default" onClick={() => void reload()}>
            Read again
          </Button>
        }
      />
    );
  if (points === undefined) return <p role="status">Reading the paper's data…</p>;
  return (
    <>
      <div className={styles.tools}>
        <TextInput
          aria-label="Find in points"
          placeholder="Find: quantity, condition, environment, file"
          leftSection={<IconSearch size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={320}
        />
        <MultiSelect
          aria-label="Workloads"
          placeholder={subjects.length === 0 ? "Every workload" : ""}
          clearable
          data={[...new Set(points.map(({ subject }) => subject))].map((subject) => ({
            value: subject,
            label: subjectText(subject),
          }))}
          value={subjects}
          onChange={setSubjects}
          miw={200}
        />
        <span role="status">
          {shown.length === points.length
            ? countText(points.length, "point")
            : `${shown.length} of ${countText(points.length, "point")}`}
        </span>
      </div>
      <DataTable
        label="Points of the paper"
        columns={columns}
        rows={shown}
        rowId={({ id }) => id}
        sortBy={null}
        current={opened?.id ?? null}
      />
      <PointDrawer campaignId={campaignId} point={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function fits(point: DataPoint, text: string, subjects: readonly string[]): boolean {
  if (subjects.length > 0 && !subjects.includes(point.subject)) return false;
  const { title, quantity, slot, environment, paperEnvironment, source, subject } = point;
  const all = [
    subjectText(subject),
    title,
    quantity,
    placeText(point),
    slot,
    environmentLabels(environment),
    environmentLabels(paperEnvironment),
    source?.series,
    source?.derivation,
    ...(source?.files ?? []),
  ]
    .join(" ")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function environmentLabels(word: string | null): string {
  return word === null ? "" : paperEnvironmentLabel(word);
}

/** With the terms that a whole series has and that tell it from others. */
function placeText({ terms, conditionLabel }: DataPoint): string {
  const { op = null, sockets = null } = terms;
  return [termsText({ op, sockets }), conditionLabel].filter((text) => text !== "").join(", ");
}

function columnsOf(
  open: (point: DataPoint) => void,
  slots: readonly DataSlot[],
): readonly DataColumn<DataPoint>[] {
  const labels = new Map(slots.map(({ slot, label }) => [slot, label]));
  return [
    {
      id: "quantity",
      header: "Workload, quantity",
      track: "minmax(190px, 1.6fr)",
      value: ({ subject, title }) => `${subjectText(subject)}, ${title}`,
      cell: (point) => (
        <UnstyledButton
          className={styles.open}
          aria-label={`${subjectText(point.subject)}, ${point.title}, ${labels.get(point.slot) ?? point.slot}, ${placeText(point)}`}
          onClick={() => open(point)}
        >
          {subjectText(point.subject)}, {point.title}
        </UnstyledButton>
      ),
    },
    {
      id: "condition",
      header: "Condition",
      track: "minmax(120px, 1.2fr)",
      value: placeText,
    },
    {
      id: "environment",
      header: "As measured",
      track: "minmax(130px, 1fr)",
      value: ({ slot }) => labels.get(slot) ?? slot,
    },
    {
      id: "label",
      header: "The paper's label",
      track: "minmax(110px, 0.8fr)",
      // Where both agree the cell is empty: what differs is to be seen.
      value: ({ paperEnvironment }) => environmentLabels(paperEnvironment),
      hideBelow: 900,
    },
    {
      id: "mean",
      header: "Mean",
      track: "100px",
      align: "right",
      value: ({ mean }) => mean,
      cell: ({ mean }) => significant(mean, 5),
    },
    { id: "unit", header: "Unit", track: "76px", value: ({ unit }) => unit },
    {
      id: "deviation",
      header: "Deviation",
      track: "90px",
      align: "right",
      value: ({ deviation }) => deviation ?? -1,
      cell: ({ deviation }) => (deviation === null ? "–" : significant(deviation, 3)),
      hideBelow: 720,
    },
    {
      id: "interval",
      header: "95 % interval",
      track: "170px",
      align: "right",
      value: ({ interval }) => (interval === null ? -1 : interval[1] - interval[0]),
      cell: ({ interval }) =>
        interval === null ? "–" : `${significant(interval[0], 5)} to ${significant(interval[1], 5)}`,
      hideBelow: 1000,
    },
    {
      id: "repeats",
      header: "Repeats",
      track: "76px",
      align: "right",
      value: ({ n }) => n ?? -1,
      cell: ({ n }) => n ?? "not stated",
      hideBelow: 620,
    },
    {
      id: "figure",
      header: "Figure",
      track: "66px",
      align: "right",
      value: ({ source }) => source?.figure ?? 99,
      cell: ({ source }) => source?.figure ?? "–",
      hideBelow: 620,
    },
  ];
}
