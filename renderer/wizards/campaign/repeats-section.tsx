// How often everything is repeated: as a number of blocks, as the time that there is, or as the interval that is wanted.
import { Button, TextInput } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import type { Lab } from "#shared/model/lab.ts";
import { expectedSeconds } from "#shared/plan/expected-seconds.ts";
import { blocksForAll, expectedScatter, type ExpectedScatter } from "#shared/plan/expected-widths.ts";
import { countText, durationText } from "#shared/report/number.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { Section } from "#renderer/components/section.tsx";
import { CheckField, TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { blocksOf, blocksWithin, mostBlocks, positiveNumber, timeChoices } from "./blocks-choice.ts";
import { chosenConditions, type CampaignForm } from "./campaign-form.ts";
import { comparedCells } from "./compared-cells.ts";
import { ExpectedIntervals, comparedWords } from "./expected-intervals.tsx";
import { matrixRows, secondsOfBlock } from "./scope.ts";
import { useLabNoise } from "./use-lab-noise.ts";
import styles from "./repeats-section.module.css";

const quickBlocks = [3, 5, 10, 20] as const;
const secondsOnce = expectedSeconds.preparation + expectedSeconds.restoration;

export function RepeatsSection({ lab }: { readonly lab: Lab | null }) {
  const { control, setValue } = useFormContext<CampaignForm>();
  const [configurations, choices, text, withControl] = useWatch({
    control,
    name: ["configurations", "workloads", "blocks", "control"],
  });
  const rows = useMemo(
    () => matrixRows(configurations, chosenConditions(choices), withControl),
    [configurations, choices, withControl],
  );
  const perBlock = secondsOfBlock(rows);
  const blocks = blocksOf(text);
  const { noise, failure } = useLabNoise(lab?.id ?? "");
  const scatter = useMemo(
    () => (noise === null ? [] : expectedScatter(comparedCells(rows), noise.noise)),
    [rows, noise],
  );
  const choose = (wanted: number): void =>
    setValue("blocks", String(Math.min(mostBlocks, Math.max(1, wanted))), {
      shouldDirty: true,
      shouldTouch: true,
      shouldValidate: true,
    });
  return (
    <Section title="Repeats">
      <div className={styles.repeats}>
        <div className={styles.way}>
          <div className={styles.stepper}>
            <Button
              variant="default"
              aria-label="One less"
              disabled={blocks <= 1}
              onClick={() => choose(blocks - 1)}
            >
              <IconMinus size={14} aria-hidden />
            </Button>
            <TextField
              name="blocks"
              label="Blocks"
              description="Passes over all cells, in random order"
              numeric
            />
            <Button
              variant="default"
              aria-label="One more"
              disabled={blocks >= mostBlocks}
              onClick={() => choose(blocks + 1)}
            >
              <IconPlus size={14} aria-hidden />
            </Button>
          </div>
          <QuickChoices
            choices={quickBlocks.map((each) => ({ title: String(each), blocks: each }))}
            blocks={blocks}
            onChoose={choose}
          />
        </div>
        <TimeWay perBlock={perBlock} blocks={blocks} onChoose={choose} />
        <WidthWay scatter={scatter} blocks={blocks} onChoose={choose} />
      </div>
      <p className={styles.plan} role="status">
        {blocks === 0
          ? "The number of blocks cannot be used as it is."
          : `${countText(blocks, "block")} of ${durationText(perBlock)}: roughly ${durationText(secondsOnce + blocks * perBlock)}.`}
      </p>
      <ExpectedIntervals
        lab={lab}
        noise={noise}
        failure={failure}
        scatter={scatter}
        rows={rows}
        blocks={blocks}
      />
      <div className={styles.others}>
        <CheckField
          name="control"
          label="A/A control"
          description="Native runs twice in each block: the difference is the machine's own noise, and smaller differences count as not distinguishable."
        />
        <div className={styles.seed}>
          <TextField name="seed" label="Seed" description="Of the order; empty: drawn" numeric />
        </div>
      </div>
    </Section>
  );
}

interface QuickChoicesProps {
  readonly choices: readonly { readonly title: string; readonly blocks: number }[];
  readonly blocks: number;
  readonly onChoose: (blocks: number) => void;
}

function QuickChoices({ choices, blocks, onChoose }: QuickChoicesProps) {
  return (
    <div className={styles.quick}>
      {choices.map((choice) => (
        <Button
          key={choice.title}
          variant="default"
          size="compact-xs"
          aria-pressed={choice.blocks === blocks}
          disabled={choice.blocks === 0}
          onClick={() => onChoose(choice.blocks)}
        >
          {choice.title}
        </Button>
      ))}
    </div>
  );
}

interface WayProps {
  readonly blocks: number;
  readonly onChoose: (blocks: number) => void;
}

/** What was typed counts only as long as the blocks are those that it led to. */
function useTyped(blocks: number) {
  const [typed, setTyped] = useState({ text: "", ledTo: 0 });
  const current = typed.ledTo === 0 || typed.ledTo === blocks;
  return {
    text: current ? typed.text : "",
    type: (text: string, ledTo: number) => setTyped({ text, ledTo }),
  };
}

function TimeWay({ perBlock, blocks, onChoose }: WayProps & { readonly perBlock: number }) {
  const { text, type } = useTyped(blocks);
  const within = (hours: number) => blocksWithin(hours * 3600, perBlock, secondsOnce);
  const hours = positiveNumber(text);
  const fits = hours === null ? 0 : within(hours);
  return (
    <div className={styles.way}>
      <TextInput
        label="Total time, hours"
        description="As many blocks as fit into it"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={({ currentTarget: { value } }) => {
          const wanted = positiveNumber(value);
          const count = wanted === null ? 0 : within(wanted);
          type(value, count);
          if (count > 0) onChoose(count);
        }}
        error={
          text.trim() === ""
            ? undefined
            : hours === null
              ? "must be a number above 0"
              : fits === 0
                ? perBlock === 0
                  ? "nothing is measured yet"
                  : `one block alone takes ${durationText(perBlock)}`
                : undefined
        }
      />
      <QuickChoices
        choices={timeChoices.map(({ hours: each, title }) => ({ title, blocks: within(each) }))}
        blocks={blocks}
        onChoose={onChoose}
      />
    </div>
  );
}

function WidthWay({
  scatter,
  blocks,
  onChoose,
}: WayProps & { readonly scatter: readonly ExpectedScatter[] }) {
  const { text, type } = useTyped(blocks);
  const found = (percent: number) => blocksForAll(scatter, percent / 100, mostBlocks);
  const percent = positiveNumber(text);
  const now = percent === null ? null : found(percent);
  return (
    <div className={styles.way}>
      <TextInput
        label="Wanted interval, ± %"
        description={
          scatter.length === 0
            ? "Known once the library has a finished campaign of this lab"
            : now === null
              ? "As many blocks as past noise asks for"
              : `${workloads[now.by.workload].title}, ${comparedWords[now.by.compared]}, asks for most`
        }
        inputMode="decimal"
        autoComplete="off"
        disabled={scatter.length === 0}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          const wanted = positiveNumber(value);
          const count = (wanted === null ? null : found(wanted))?.blocks ?? 0;
          type(value, count);
          if (count > 0) onChoose(count);
        }}
        error={
          text.trim() === ""
            ? undefined
            : percent === null
              ? "must be a number above 0"
              : now === null
                ? `${mostBlocks} blocks are not enough for it`
                : undefined
        }
      />
    </div>
  );
}
