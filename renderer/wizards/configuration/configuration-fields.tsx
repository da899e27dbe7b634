// The axes of one configuration: pinning, pages, and what its environment adds.
import { useFormContext, useWatch } from "react-hook-form";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { DeviceFields } from "./device-fields.tsx";
import { Axis, More, SelectField, TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { KvmFields } from "./kvm-fields.tsx";
import { offered, useOffers, type AxisProps } from "./use-offers.ts";
import styles from "#renderer/wizards/fields/form-fields.module.css";

interface FieldsProps {
  readonly index: number;
  readonly facts: Facts | null;
}

export function ConfigurationFields({ index, facts }: FieldsProps) {
  const { control } = useFormContext<CampaignForm>();
  const environment = useWatch({ control, name: `configurations.${index}.environment` });
  const offers = useOffers(index, facts);
  return (
    <div className={styles.axes}>
      <PinningFields index={index} offers={offers} />
      <PagesFields index={index} offers={offers} />
      {environment === "native" ? <NativeFields index={index} facts={facts} offers={offers} /> : null}
      {environment === "docker" ? <DockerFields index={index} facts={facts} offers={offers} /> : null}
      {environment === "kvm" ? <KvmFields index={index} facts={facts} offers={offers} /> : null}
    </div>
  );
}

function PinningFields({ index, offers }: AxisProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.pinning` as const;
  const policy = useWatch({ control, name: `${prefix}.memory.policy` });
  return (
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
  );
}

function PagesFields({ index, offers }: AxisProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.pages` as const;
  const { hugePages1G, hugePagesNode } = useWatch({ control, name: prefix });
  const thp = (value: "always" | "madvise" | "never") => ({
    value,
    label: value,
    reason: offers("pages.thp", value),
  });
  return (
    <Axis title="Pages">
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
      <More
        title="1 GiB pages, node"
        chosen={hugePages1G !== "" || hugePagesNode !== ""}
        fields={[`${prefix}.hugePages1G`, `${prefix}.hugePagesNode`]}
      >
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
      </More>
    </Axis>
  );
}

type EnvironmentProps = AxisProps & { readonly facts: Facts | null };

function NativeFields({ index, facts, offers }: EnvironmentProps) {
  const { control } = useFormContext<CampaignForm>();
  const kind = useWatch({ control, name: `configurations.${index}.storage.kind` });
  return (
    <Axis title="Storage">
      <SelectField
        name={`configurations.${index}.storage.kind`}
        label="Test data"
        description="Where fio and databases write"
        data={offered(offers, "storage.kind", [
          ["file", "file on the host's file system"],
          ["device", "whole block device"],
        ])}
      />
      {kind === "device" ? <DeviceFields index={index} facts={facts} /> : null}
    </Axis>
  );
}

function DockerFields({ index, facts, offers }: EnvironmentProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}` as const;
  const kind = useWatch({ control, name: `${prefix}.storage.kind` });
  const mode = useWatch({ control, name: `${prefix}.network.mode` });
  const proxy = facts?.docker?.userlandProxy ?? null;
  return (
    <Axis title="Container">
      <SelectField
        name={`${prefix}.network.mode`}
        label="Network"
        description="How traffic enters"
        data={offered(offers, "network.mode", [
          ["host", "the host's stack"],
          ["nat", "bridge, NAT, published ports"],
          ["macvlan", "macvlan on the data interface"],
        ])}
      />
      {mode === "nat" ? (
        <SelectField
          name={`${prefix}.network.userlandProxy`}
          label="Userland proxy"
          description="Docker's daemon is restarted"
          data={[
            { value: "", label: `as the daemon has it${proxy === null ? "" : proxy ? " (on)" : " (off)"}` },
            { value: "on", label: "on" },
            { value: "off", label: "off" },
          ]}
        />
      ) : null}
      <SelectField
        name={`${prefix}.storage.kind`}
        label="Storage"
        description="Where test files are"
        data={offered(offers, "storage.kind", [
          ["volume", "volume: a folder of the host"],
          ["layer", "layer: the container's own file system"],
          ["device", "whole block device of the host"],
        ])}
      />
      {kind === "device" ? <DeviceFields index={index} facts={facts} /> : null}
    </Axis>
  );
}
