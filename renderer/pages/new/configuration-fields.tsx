// The axes of one configuration: pinning, pages, and what its environment adds.
import { useFormContext, useWatch } from "react-hook-form";
import type { CampaignForm } from "./campaign-form.ts";
import { Axis, SelectField, TextField } from "./form-fields.tsx";
import { KvmFields } from "./kvm-fields.tsx";
import styles from "./configuration-fields.module.css";

export function ConfigurationFields({ index }: { readonly index: number }) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}` as const;
  const environment = useWatch({ control, name: `${prefix}.environment` });
  const policy = useWatch({ control, name: `${prefix}.pinning.memory.policy` });
  return (
    <div className={styles.axes}>
      <Axis title="Pinning">
        <TextField
          name={`${prefix}.pinning.cpus`}
          label="CPUs"
          description="Empty: all"
          placeholder="0-7,16-23"
        />
        <SelectField
          name={`${prefix}.pinning.memory.policy`}
          label="Memory policy"
          description="NUMA"
          data={[
            { value: "default", label: "default of the kernel" },
            { value: "local", label: "local to the CPU" },
            { value: "interleave", label: "interleaved over nodes" },
            { value: "bind", label: "bound to nodes" },
          ]}
        />
        {policy === "interleave" || policy === "bind" ? (
          <TextField
            name={`${prefix}.pinning.memory.nodes`}
            label="Memory nodes"
            description="List of NUMA nodes"
            placeholder="0,1"
          />
        ) : null}
      </Axis>
      <Axis title="Pages">
        <SelectField
          name={`${prefix}.pages.thp`}
          label="Transparent huge pages"
          description="During the runs"
          data={[{ value: "", label: "as the host has it" }, "always", "madvise", "never"]}
        />
        <TextField
          name={`${prefix}.pages.hugePages2M`}
          label="Huge pages of 2 MiB"
          description="Reserved; empty: as it is"
          numeric
        />
      </Axis>
      {environment === "docker" ? (
        <Axis title="Container">
          <SelectField
            name={`${prefix}.network.mode`}
            label="Network"
            description="How traffic enters"
            data={[
              { value: "host", label: "the host's stack" },
              { value: "nat", label: "bridge, NAT, published ports" },
            ]}
          />
          <SelectField
            name={`${prefix}.storage.kind`}
            label="Storage"
            description="Where test files are"
            data={[
              { value: "volume", label: "volume: a folder of the host" },
              { value: "layer", label: "layer: the container's own file system" },
            ]}
          />
        </Axis>
      ) : null}
      {environment === "kvm" ? <KvmFields index={index} /> : null}
    </div>
  );
}
