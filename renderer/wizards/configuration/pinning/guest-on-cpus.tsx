// The guest laid out on the chosen CPUs by one click: a vCPU on each, siblings as threads of one core.
import { useMemo } from "react";
import { cpuChoices } from "#shared/environments/cpu-choices.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { toMachineForm } from "../machine-form.ts";
import { ChoiceRow } from "./choice-row.tsx";
import { offeredChoices } from "./offered-choices.ts";
import { useFieldWriter } from "./use-field-writer.ts";

interface GuestOnCpusProps {
  readonly index: number;
  readonly configuration: Configuration | null;
  readonly lab: Lab | null;
  readonly sut: Facts;
}

export function GuestOnCpus({ index, configuration, lab, sut }: GuestOnCpusProps) {
  const { write } = useFieldWriter(index);
  const choice = useMemo(
    () =>
      configuration === null
        ? undefined
        : cpuChoices(configuration, sut, lab).find(({ name }) => name === "threads"),
    [configuration, sut, lab],
  );
  if (choice === undefined) return null;
  return (
    <ChoiceRow
      label="Guest on the chosen CPUs"
      choices={offeredChoices([choice], configuration)}
      onChoose={() => {
        const machine = choice.chosen?.machine ?? null;
        if (machine !== null) write({ machine: toMachineForm(machine) });
      }}
    />
  );
}
