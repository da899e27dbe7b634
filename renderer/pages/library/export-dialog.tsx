// Campaigns as files to keep or to give away: whole, without what tells whose machines they were, or as a report.
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Failure } from "#shared/model/error.ts";
import { countText } from "#shared/report/number.ts";
import { replacedTexts, type AnonymousFile } from "#shared/tare-file/anonymous/replaced-text.ts";
import { saveExport, type ExportFormat } from "#renderer/api/export-file.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { useReturnFocus } from "#renderer/components/use-return-focus.ts";
import styles from "./export-dialog.module.css";

const formats: readonly { readonly value: ExportFormat; readonly label: string; readonly text: string }[] = [
  {
    value: "tare",
    label: "Campaign, .tare",
    text: "Everything: design, journal, facts, raw output, name, tags and note. Another Tare imports it.",
  },
  { value: "html", label: "Report, .html", text: "One page that opens anywhere, without a network." },
  { value: "csv", label: "Measurements, .csv", text: "One line a value, with its unit." },
  { value: "json", label: "Measurements, .json", text: "The same with everything known of each value." },
  { value: "parquet", label: "Measurements, .parquet", text: "For pandas, R and DuckDB." },
  {
    value: "samples.parquet",
    label: "Samples, .parquet",
    text: "CPU, network and frequency of both machines, second by second.",
  },
  { value: "bib", label: "References, .bib", text: "BibTeX of the tools and the paper." },
];

interface ExportDialogProps {
  readonly entries: readonly CampaignEntry[];
  readonly onClose: () => void;
}

interface Outcome {
  readonly saved: readonly {
    readonly id: string;
    readonly name: string;
    readonly anonymous: AnonymousFile | null;
  }[];
  readonly failed: readonly { readonly id: string; readonly name: string; readonly failure: Failure }[];
}

const nothing: Outcome = { saved: [], failed: [] };

export function ExportDialog({ entries, onClose }: ExportDialogProps) {
  const own = entries.filter(({ origin }) => origin !== "paper");
  const [format, setFormat] = useState<ExportFormat>(own.length === 0 ? "json" : "tare");
  const [anonymous, setAnonymous] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState(nothing);
  const controller = useRef(new AbortController());
  useReturnFocus();
  useEffect(() => () => controller.current.abort(), []);
  // The paper's data are in every library: there is nothing to carry.
  const chosen = format === "tare" ? own : entries;

  const save = async () => {
    controller.current = new AbortController();
    const { signal } = controller.current;
    setBusy(true);
    setOutcome(nothing);
    for (const { id, name } of chosen) {
      try {
        // One after the other: each file is made whole before it is saved.
        // oxlint-disable-next-line no-await-in-loop
        const replaced = await saveExport(id, format, anonymous, signal);
        setOutcome(({ saved, failed }) => ({
          saved: [...saved, { id, name, anonymous: replaced }],
          failed,
        }));
      } catch (error) {
        if (signal.aborted) return;
        const failure = failureOf(error);
        setOutcome(({ saved, failed }) => ({ saved, failed: [...failed, { id, name, failure }] }));
      }
    }
    setBusy(false);
  };

  const [only] = entries;
  const title =
    entries.length === 1 && only !== undefined ? `“${only.name}”` : countText(entries.length, "campaign");
  return (
    <Modal opened onClose={onClose} title={`Export ${title}`} size={620}>
      <Radio.Group
        label="As"
        value={format}
        onChange={(value) => {
          setFormat(formats.find((each) => each.value === value)?.value ?? "tare");
          setOutcome(nothing);
        }}
      >
        <Stack gap={6} mt={6}>
          {formats.map(({ value, label, text }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={value === "tare" && own.length === 0 ? "The paper is in every library." : text}
              disabled={value === "tare" && own.length === 0}
            />
          ))}
        </Stack>
      </Radio.Group>
      {format === "tare" ? (
        <Radio.Group
          mt={14}
          label="With"
          value={anonymous ? "anonymous" : "whole"}
          onChange={(value) => {
            setAnonymous(value === "anonymous");
            setOutcome(nothing);
          }}
        >
          <Stack gap={6} mt={6}>
            <Radio value="whole" label="Everything" description="Also names and addresses of the machines." />
            <Radio
              value="anonymous"
              label="Without host names, addresses and serial numbers"
              description={
                <>
                  Host names, IP and MAC addresses, user names, key files, serial numbers, machine ids, the
                  lab's name and the campaign's id are replaced in design, journal, facts and raw output, the
                  same one by the same word everywhere. Tags and note are left out. The campaign's name,
                  measurements, CPU models, versions and commands stay.
                </>
              }
            />
          </Stack>
        </Radio.Group>
      ) : null}
      {chosen.length === entries.length ? null : (
        <p className={styles.remark}>The paper's data are left out: they are in every library.</p>
      )}
      <div aria-live="polite">
        {outcome.saved.map(({ id, name, anonymous: file }) =>
          file === null ? null : (
            <p key={id} className={styles.replaced}>
              {entries.length === 1 ? "" : `${name}: `}
              {replacedTexts(file).join(" ")}
            </p>
          ),
        )}
      </div>
      {outcome.failed.map(({ id, name, failure }) => (
        <div key={id} className={styles.failure}>
          {entries.length === 1 ? null : <div>{name}</div>}
          <FailureNotice failure={failure} />
        </div>
      ))}
      <Group justify="flex-end" mt={16}>
        <output className={styles.saved}>
          {outcome.saved.length === 0 ? null : (
            <>
              <IconCheck size={14} stroke={1.8} aria-hidden /> {countText(outcome.saved.length, "file")} saved
            </>
          )}
        </output>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button loading={busy} disabled={chosen.length === 0} onClick={() => void save()}>
          Save {countText(chosen.length, "file")}
        </Button>
      </Group>
    </Modal>
  );
}
