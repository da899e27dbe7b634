// The huge pages wizard: transparent pages, reserved pages, and a guest's memory from them.
import { Section } from "#renderer/components/section.tsx";
import { Axis, CheckField, SelectField, TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { ApplyNow } from "../apply-now.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { offered } from "../use-offers.ts";

export function PagesStep({ index, offers, lab, configuration }: StepProps) {
  const environment = useEnvironment(index);
  const prefix = `configurations.${index}.pages` as const;
  const machine = `configurations.${index}.machine` as const;
  const thp = (value: "always" | "madvise" | "never") => ({
    value,
    label: value,
    reason: offers("pages.thp", value),
  });
  return (
    <>
      <Section title="Pages">
        <Axis title="Host">
          <SelectField
            name={`${prefix}.thp`}
            label="Transparent huge pages"
            description="During the runs"
            data={[{ value: "", label: "as the host has it" }, thp("always"), thp("madvise"), thp("never")]}
          />
          <TextField
            name={`${prefix}.hugePages2M`}
            label="Huge pages of 2 MiB"
            description="Reserved; empty: as it is"
            reason={offers("pages.hugePages2M")}
            numeric
          />
          <TextField
            name={`${prefix}.hugePages1G`}
            label="Huge pages of 1 GiB"
            description="Reserved; empty: as it is"
            reason={offers("pages.hugePages1G")}
            numeric
          />
          <TextField
            name={`${prefix}.hugePagesNode`}
            label="NUMA node of the pages"
            description="Empty: spread over all"
            reason={offers("pages.hugePagesNode")}
            numeric
          />
        </Axis>
        {environment === "kvm" ? (
          <Axis title="Guest">
            <CheckField
              name={`${machine}.hugePages`}
              label="Guest memory from huge pages"
              description="From the reserved pages of the host"
            />
            <SelectField
              name={`${machine}.hugePageKiB`}
              label="Size of the huge pages"
              description="Where memory is from huge pages"
              data={offered(offers, "machine.hugePageKiB", [
                ["2048", "2 MiB"],
                ["1048576", "1 GiB"],
              ])}
            />
            <CheckField
              name={`${machine}.locked`}
              label="Guest memory locked"
              description="Never swapped, never moved"
              reason={offers("machine.locked", true)}
            />
          </Axis>
        ) : null}
      </Section>
      <ApplyNow lab={lab} configuration={configuration} />
    </>
  );
}
