// The guest laid out on the chosen CPUs by one click: a vCPU on each, siblings as threads of one core.
import { useDeferredValue, useMemo } from "react";
import { cpuChoices, type CpuChoice } from "#shared/environments/cpu-choices.ts";
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
  const settled = useDeferredValue(configuration);
  const choice = useMemo(
    () => (settled === null ? undefined : onTheseCpus(settled, sut, lab)),
    [settled, sut, lab],
  );
  if (choice === undefined) return null;
  return (
    <ChoiceRow
      label="Guest on the chosen CPUs"
      wide
      choices={offeredChoices([choice], configuration)}
      onChoose={() => {
        if (configuration === null) return;
        const machine = onTheseCpus(configuration, sut, lab)?.chosen?.machine ?? null;
        if (machine !== null) write({ machine: toMachineForm(machine) });
      }}
    />
  );
}

function onTheseCpus(configuration: Configuration, sut: Facts, lab: Lab | null): CpuChoice | undefined {
  return cpuChoices(configuration, sut, lab).find(({ name }) => name === "threads");
}
