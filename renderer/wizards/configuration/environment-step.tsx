// How the configuration is called, and the virtual machine itself where it is one.
import { Section } from "#renderer/components/section.tsx";
import { SelectField, TextField, Axis } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "./step-props.ts";
import { offered } from "./use-offers.ts";
import { useEnvironment } from "./use-environment.ts";

export function EnvironmentStep({ index, offers }: StepProps) {
  const environment = useEnvironment(index);
  const machine = `configurations.${index}.machine` as const;
  return (
    <Section title="Environment">
      <Axis title="Configuration">
        <TextField name={`configurations.${index}.label`} label="Label" description="In tables and figures" />
        {environment === "kvm" ? (
          <>
            <TextField name={`${machine}.memoryMiB`} label="Memory" description="MiB" numeric />
            <SelectField
              name={`${machine}.accelerator`}
              label="Accelerator"
              description="Emulation is marked"
              data={offered(offers, "machine.accelerator", [
                ["auto", "KVM if usable, else emulation"],
                ["kvm", "KVM"],
                ["tcg", "emulation (TCG)"],
              ])}
            />
          </>
        ) : null}
      </Axis>
    </Section>
  );
}
