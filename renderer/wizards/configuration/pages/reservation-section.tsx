// Reservation of huge pages on the host: how they are shared out, quick choices, the nodes, and the sums.
import { Button, SegmentedControl } from "@mantine/core";
import { useId, useState } from "react";
import { useFormContext } from "react-hook-form";
import { pageText, reservedHugePages, type HugePageKiB } from "#shared/environments/huge-page-pools.ts";
import type { Facts } from "#shared/model/facts.ts";
import { bytesText } from "#shared/report/number.ts";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { MemoryBarLegend } from "./memory-bar.tsx";
import { QuickPicks } from "./quick-picks-bar.tsx";
import { byNode, forWholeHost, toPages, type ReservationForm } from "./reservation-form.ts";
import { ReservationTable } from "./reservation-table.tsx";
import { useReservation } from "./use-reservation.ts";
import styles from "./pages-step.module.css";

export function ReservationSection({ index, configuration, facts: { sut: facts }, offers }: StepProps) {
  const [form, write] = useReservation(index);
  const whole = [form.hugePages2M, form.hugePages1G, form.hugePagesNode].some((text) => text.trim() !== "");
  const several = facts === null || facts.memory.nodes.length > 1 || form.perNode.length > 0;
  // Where nothing is typed yet the last choice counts; else what is typed says it.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const single = form.perNode.length > 0 || ((wanted ?? facts !== null) && several && !whole);
  const [added, setAdded] = useState<readonly number[]>([]);
  const known = facts?.memory.nodes.map(({ node }) => node) ?? [];
  const nodes = [...new Set([...known, ...form.perNode.map(({ node }) => Number(node)), ...added])].toSorted(
    (a, b) => a - b,
  );
  const rows = nodes.length === 0 ? [0] : nodes;
  const findingsId = useId();
  // The numbers before they were shared out anew, for as long as nobody changes the new ones: going back restores them.
  const [aside, setAside] = useState<{ readonly from: ReservationForm; readonly to: string } | null>(null);
  const share = (to: ReservationForm) => {
    const back = aside !== null && aside.to === JSON.stringify(form) ? aside.from : null;
    setAside({ from: form, to: JSON.stringify(back ?? to) });
    write(back ?? to);
  };
  const choose = (next: "single" | "whole") => {
    setWanted(next === "single");
    if (next === "single" && whole) share(byNode(form, rows));
    if (next === "whole" && form.perNode.length > 0) share(forWholeHost(form));
  };
  return (
    <Section
      title="Reserved huge pages of the host"
      aside={facts === null ? <span>The SUT was never probed: only the fields</span> : <MemoryBarLegend />}
    >
      <div className={styles.stack} data-field={`configurations.${index}.pages`}>
        {several ? (
          <SegmentedControl
            className={styles.modes}
            aria-label="How pages are shared out"
            value={single ? "single" : "whole"}
            onChange={(value) => choose(value === "single" ? "single" : "whole")}
            data={[
              { value: "whole", label: "Spread over all nodes" },
              { value: "single", label: "By NUMA node" },
            ]}
          />
        ) : null}
        <QuickPicks
          nodes={single ? rows : null}
          form={form}
          facts={facts}
          offers={offers}
          configuration={configuration}
          onChange={write}
        />
        <ReservationTable
          nodes={rows}
          single={single}
          form={form}
          facts={facts}
          offers={offers}
          findingsId={findingsId}
          prefix={`configurations.${index}.pages.`}
          onChange={write}
        />
        {facts === null && single ? (
          <Button
            className={styles.add}
            variant="default"
            onClick={() => setAdded([...rows, Math.max(...rows) + 1])}
          >
            Add a NUMA node
          </Button>
        ) : null}
        {form.hugePagesNode.trim() === "" ? null : (
          <TextField
            name={`configurations.${index}.pages.hugePagesNode`}
            label="NUMA node of the pages"
            description="All of them are on it; empty: spread over all"
            numeric
          />
        )}
        <div id={findingsId} role="status">
          {(["perNode", "hugePages2M", "hugePages1G"] as const).map((field) => (
            <Messages key={field} index={index} field={field} />
          ))}
        </div>
        {facts === null ? null : <Sums form={form} facts={facts} />}
      </div>
    </Section>
  );
}

type Field = "perNode" | "hugePages2M" | "hugePages1G";

function Messages({ index, field }: { readonly index: number; readonly field: Field }) {
  const { formState } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.pages.${field}`;
  const wrong = fieldError(formState.errors, name);
  return (
    <>
      {wrong === undefined ? null : <p className={styles.wrong}>{wrong}</p>}
      <FieldFindings name={name} />
    </>
  );
}

function Sums({ form, facts }: { readonly form: ReservationForm; readonly facts: Facts }) {
  const pages = toPages(form);
  const bytesOf = (size: HugePageKiB) => reservedHugePages(size, null, pages, facts) * size * 1024;
  const before = facts.memory.hugePages
    .filter(({ node }) => node === null)
    .reduce((sum, { total, sizeBytes }) => sum + total * sizeBytes, 0);
  const sum = bytesOf(2048) + bytesOf(1_048_576);
  const left = facts.memory.availableBytes - (sum - before);
  return (
    <p className={styles.sums}>
      In all <b>{bytesText(sum)}</b> reserved (
      {([2048, 1_048_576] as const)
        .map((size) => `${reservedHugePages(size, null, pages, facts)} × ${pageText(size)}`)
        .join(", ")}
      ), {sum === before ? "as now" : `${bytesText(before)} now`}; <b>{bytesText(Math.max(left, 0))}</b> of{" "}
      {bytesText(facts.memory.totalBytes)} stay available to all other memory of {facts.hostname}.
    </p>
  );
}
