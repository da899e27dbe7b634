// The pinning wizard: CPUs and NUMA policy, and for a guest its vCPUs, their topology and where they run.
import { useFormContext, useWatch } from "react-hook-form";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { Axis, SelectField, SuggestField, TextField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { offered } from "../use-offers.ts";

export function PinningStep(props: StepProps) {
  const { index, offers } = props;
  const { control } = useFormContext<CampaignForm>();
  const environment = useEnvironment(index);
  const prefix = `configurations.${index}.pinning` as const;
  const policy = useWatch({ control, name: `${prefix}.memory.policy` });
  return (
    <>
      <Section title="CPUs and memory">
        <Axis title="Pinning">
          <TextField name={`${prefix}.cpus`} label="CPUs" description="Empty: all" placeholder="0-7,16-23" />
          <SelectField
            name={`${prefix}.memory.policy`}
            label="Memory policy"
            description="NUMA"
            data={offered(offers, "pinning.memory.policy", [
              ["default", "default of the kernel"],
              ["local", "local to the CPU"],
              ["interleave", "interleaved over nodes"],
              ["bind", "bound to nodes"],
            ])}
          />
          {policy === "interleave" || policy === "bind" ? (
            <TextField
              name={`${prefix}.memory.nodes`}
              label="Memory nodes"
              description="List of NUMA nodes"
              placeholder="0,1"
            />
          ) : null}
        </Axis>
      </Section>
      {environment === "kvm" ? <GuestPinning {...props} /> : null}
    </>
  );
}

function GuestPinning({ index }: StepProps) {
  const machine = `configurations.${index}.machine` as const;
  return (
    <Section title="vCPUs">
      <Axis title="Virtual machine">
        <TextField name={`${machine}.vcpus`} label="vCPUs" description="Number" numeric />
        <SuggestField
          name={`${machine}.cpuModel`}
          label="CPU model"
          description="Or one of libvirt's by name"
          data={["default", "host-model", "host-passthrough"]}
        />
        <TextField
          name={`${machine}.vcpuPins`}
          label="vCPU pins"
          description="A CPU list for each vCPU, by spaces"
          placeholder="0 1 2-3"
        />
        <TextField
          name={`${machine}.topology.sockets`}
          label="Sockets"
          description="Empty: one core a vCPU"
          numeric
        />
        <TextField name={`${machine}.topology.cores`} label="Cores" description="Of each socket" numeric />
        <TextField name={`${machine}.topology.threads`} label="Threads" description="Of each core" numeric />
        <TextField
          name={`${machine}.numaCells`}
          label="NUMA nodes of the guest"
          description="vCPUs:MiB@host node, by spaces; @ may be left out; empty: one"
          placeholder="0-7:8192@0 8-15:8192@1"
          wide
        />
        <TextField
          name={`${machine}.emulatorPin`}
          label="Emulator pin"
          description="CPU list; empty: not pinned"
          placeholder="0"
        />
        <TextField
          name={`${machine}.ioThreadPin`}
          label="I/O thread pin"
          description="CPU list; empty: as the emulator"
          placeholder="1"
        />
      </Axis>
    </Section>
  );
}
