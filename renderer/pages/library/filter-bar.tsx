// The search box and the filters of the library.
import { Button, Kbd, MultiSelect, Select, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconFilter, IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import {
  countFilters,
  filterChoices,
  noFilters,
  originTitles,
  type LibraryFilters,
  type ListFilter,
  type Origin,
} from "./library-filters.ts";
import type { LibraryView } from "./use-library-view.ts";
import styles from "./filter-bar.module.css";

interface FilterBarProps {
  readonly campaigns: readonly CampaignEntry[];
  readonly view: LibraryView;
}

export function FilterBar({ campaigns, view }: FilterBarProps) {
  const { filters, setFilters, typed, setText, shown } = view;
  const box = useRef<HTMLInputElement>(null);
  const count = countFilters(filters);
  const [open, setOpen] = useState(count > 0);
  useHotkeys([["/", () => box.current?.focus()]]);
  const hidden = campaigns.length - shown.length;

  return (
    <search className={styles.bar}>
      <div className={styles.line}>
        <TextInput
          ref={box}
          className={styles.search}
          aria-label="Search names, notes, tags, machines, workloads, configurations"
          aria-keyshortcuts="/"
          placeholder="Search names, notes, tags, machines, workloads, configurations"
          leftSection={<IconSearch size={14} stroke={1.6} />}
          rightSection={typed === "" ? <Kbd size="xs">/</Kbd> : null}
          value={typed}
          maxLength={500}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.preventDefault();
              if (typed === "") event.currentTarget.blur();
              else setText("");
            } else if (event.key === "ArrowDown") {
              event.preventDefault();
              document.querySelector<HTMLElement>('tbody a[tabindex="0"]')?.focus();
            }
          }}
        />
        <Button
          variant="default"
          leftSection={<IconFilter size={14} stroke={1.6} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {count === 0 ? "Filters" : `Filters (${count})`}
        </Button>
        {count === 0 ? null : (
          <Button variant="subtle" onClick={() => setFilters(noFilters)}>
            Clear filters
          </Button>
        )}
        <DamagedButton campaigns={campaigns} filters={filters} onChange={setFilters} />
        <output className={styles.count}>
          {hidden === 0 ? "" : `${shown.length} of ${campaigns.length} shown`}
        </output>
      </div>
      {open ? <Filters campaigns={campaigns} filters={filters} onChange={setFilters} /> : null}
    </search>
  );
}

interface FiltersProps {
  readonly campaigns: readonly CampaignEntry[];
  readonly filters: LibraryFilters;
  readonly onChange: (filters: LibraryFilters) => void;
}

/** Damaged campaigns are said without being looked for. */
function DamagedButton({ campaigns, filters, onChange }: FiltersProps) {
  const count = campaigns.filter(({ damage }) => damage !== null).length;
  if (count === 0 && !filters.damaged) return null;
  return (
    <Button
      variant={filters.damaged ? "default" : "subtle"}
      className={styles.damaged}
      aria-pressed={filters.damaged}
      onClick={() => onChange({ ...filters, damaged: !filters.damaged })}
    >
      {count} damaged
    </Button>
  );
}

const titles: Readonly<Record<ListFilter, string>> = {
  status: "Status",
  environment: "Environment",
  workload: "Workload",
  machine: "Lab or machine",
  tag: "Tag",
  origin: "Origin",
};

function Filters({ campaigns, filters, onChange }: FiltersProps) {
  const many = (name: ListFilter) => {
    const known = filterChoices(campaigns, name);
    const data = [...new Set([...known, ...filters[name]])].map((value) => ({
      value,
      label: name === "origin" ? (originTitles[value as Origin] ?? value) : value,
    }));
    return (
      <MultiSelect
        key={name}
        label={titles[name]}
        placeholder={filters[name].length === 0 ? "any" : ""}
        data={data}
        value={[...filters[name]]}
        searchable={data.length > 8}
        limit={200}
        clearable
        clearButtonProps={{ "aria-label": `Any ${titles[name].toLowerCase()}` }}
        onChange={(value) => onChange({ ...filters, [name]: value })}
      />
    );
  };
  const date = (name: "from" | "to", label: string) => (
    <TextInput
      type="date"
      label={label}
      value={filters[name]}
      onChange={(event) => onChange({ ...filters, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className={styles.filters}>
      {many("status")}
      {many("environment")}
      {many("workload")}
      {many("machine")}
      {many("tag")}
      {many("origin")}
      {date("from", "Created from")}
      {date("to", "Created to")}
      <Select
        label="Archived"
        data={[
          { value: "hide", label: "left out" },
          { value: "show", label: "shown too" },
          { value: "only", label: "only these" },
        ]}
        value={filters.archived}
        onChange={(value) =>
          onChange({ ...filters, archived: value === "show" || value === "only" ? value : "hide" })
        }
      />
    </div>
  );
}
