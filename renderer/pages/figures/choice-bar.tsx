// What holds for all figures: which campaigns, in which order, on which scale, under whose labels.
import { SegmentedControl, Select } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Labelling } from "#shared/model/claim.ts";
import type { Scale } from "#shared/figures/overlay.ts";
import { paperId } from "#shared/model/dataset.ts";
import { CampaignChips } from "./campaign-chips.tsx";
import { mostCampaigns, type FiguresChoice } from "./figures-state.ts";
import type { KnownCampaign } from "./library-campaigns.ts";
import styles from "./choice-bar.module.css";

interface ChoiceBarProps {
  readonly own: string | null;
  readonly choice: FiguresChoice;
  readonly change: (part: Partial<FiguresChoice>) => void;
  readonly known: ReadonlyMap<string, KnownCampaign>;
  readonly failed: ReadonlySet<string>;
}

const scaleTexts: Readonly<Record<Scale, string>> = {
  absolute: "Values with their units.",
  relative: "Each value divided by its own campaign's native at the same condition; native is 1.",
};

const labellingTexts: Readonly<Record<Labelling, string>> = {
  measured:
    "Series of the paper are named by what its raw data show: its “Docker NAT volume” of MySQL ran with the host's network.",
  paper: "Series of the paper are named as in its figures, also where its raw data show another environment.",
};

export function ChoiceBar({ own, choice, change, known, failed }: ChoiceBarProps) {
  const { campaigns, scale, labelling } = choice;
  return (
    <section className={styles.bar} aria-label="What the figures show">
      <div className={styles.campaigns}>
        <CampaignSearch
          chosen={campaigns}
          known={known}
          onAdd={(id) => change({ campaigns: [...campaigns, id] })}
        />
        <CampaignChips
          {...{ own, campaigns, known, failed }}
          onChange={(next) => change({ campaigns: next })}
        />
      </div>
      <div className={styles.switches}>
        <Choice
          label="Scale"
          value={scale}
          onChange={(next) => change({ scale: next })}
          data={[
            { value: "absolute", label: "Absolute" },
            { value: "relative", label: "Relative to native" },
          ]}
          text={scaleTexts[scale]}
        />
        {campaigns.includes(paperId) ? (
          <Choice
            label="The paper's labels"
            value={labelling}
            onChange={(next) => change({ labelling: next })}
            data={[
              { value: "measured", label: "As its data show" },
              { value: "paper", label: "As it printed them" },
            ]}
            text={labellingTexts[labelling]}
          />
        ) : null}
      </div>
    </section>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly data: { readonly value: T; readonly label: string }[];
  readonly text: string;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, data, text, onChange }: ChoiceProps<T>) {
  return (
    <div className={styles.choice}>
      <span className={styles.label}>{label}</span>
      <SegmentedControl
        aria-label={label}
        value={value}
        data={data}
        onChange={onChange}
        transitionDuration={0}
      />
      <p className={styles.text} aria-live="polite">
        {text}
      </p>
    </div>
  );
}

interface CampaignSearchProps {
  readonly label?: string;
  /** No more than so many can be chosen. */
  readonly most?: number;
  readonly chosen: readonly string[];
  readonly known: ReadonlyMap<string, KnownCampaign>;
  readonly onAdd: (id: string) => void;
}

/** So many matches are listed; more words narrow them. */
const listed = 40;

export function CampaignSearch(props: CampaignSearchProps) {
  const { label = "Lay over", most = mostCampaigns, chosen, known, onAdd } = props;
  const [text, setText] = useState("");
  const options = useMemo(
    () =>
      [...known.values()]
        .filter(({ id }) => !chosen.includes(id))
        .map(({ id, name, place }) => ({ value: id, label: `${name} (${place})` })),
    [known, chosen],
  );
  const full = chosen.length >= most;
  return (
    <Select
      className={styles.search}
      label={label}
      placeholder={full ? `${most} campaigns are the most` : "Name, lab or date of a campaign"}
      disabled={full}
      data={options}
      value={null}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options: all, search }) => {
        const words = search.toLowerCase().split(/\s+/).filter(Boolean);
        return all.filter(
          (option) =>
            "label" in option &&
            "value" in option &&
            words.every((word) => `${option.label} ${option.value}`.toLowerCase().includes(word)),
        );
      }}
      limit={listed}
      maxDropdownHeight={320}
      leftSection={<IconSearch size={14} aria-hidden />}
      nothingFoundMessage="No campaign in the library has these words in its name, lab or date."
      onChange={(id) => {
        if (id === null) return;
        setText("");
        onAdd(id);
      }}
    />
  );
}
