// The guest's processor: number of vCPUs, their topology, the CPU model, and the NUMA nodes that the guest sees.
import { Section } from "#renderer/components/section.tsx";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { CpuModelField } from "./cpu-model-field.tsx";
import { GuestCellsEditor } from "./guest-cells-editor.tsx";
import { GuestOnCpus } from "./guest-on-cpus.tsx";
import styles from "./pinning-step.module.css";

export function GuestSection(props: StepProps) {
  const { index, facts, configuration, lab } = props;
  const machine = `configurations.${index}.machine` as const;
  return (
    <Section title="Guest's processor">
      <div className={styles.parts}>
        {facts.sut === null ? null : (
          <GuestOnCpus index={index} configuration={configuration} lab={lab} sut={facts.sut} />
        )}
        <div
          className={styles.shape}
          role="group"
          aria-label="vCPUs and topology"
          data-field={`${machine}.topology`}
        >
          <TextField name={`${machine}.vcpus`} label="vCPUs" description="Number" numeric />
          <TextField
            name={`${machine}.topology.sockets`}
            label="Sockets"
            description="Empty: one core a vCPU"
            numeric
          />
          <TextField name={`${machine}.topology.cores`} label="Cores" description="Of each socket" numeric />
          <TextField
            name={`${machine}.topology.threads`}
            label="Threads"
            description="Of each core"
            numeric
          />
        </div>
        <FieldFindings name={`${machine}.topology`} />
        <CpuModelField index={index} sut={facts.sut} />
        <GuestCellsEditor index={index} configuration={configuration} sut={facts.sut} />
      </div>
    </Section>
  );
}
