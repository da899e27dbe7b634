// What a guest adds to a configuration: the virtual machine, its network, its disks.
import { useFormContext, useWatch } from "react-hook-form";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { DeviceFields } from "./device-fields.tsx";
import {
  Axis,
  CheckField,
  More,
  SelectField,
  SuggestField,
  TextField,
} from "#renderer/wizards/fields/form-fields.tsx";
import { offered, type AxisProps } from "./use-offers.ts";

type KvmProps = AxisProps & { readonly facts: Facts | null };

export function KvmFields(props: KvmProps) {
  return (
    <>
      <MachineFields {...props} />
      <NetworkFields {...props} />
      <DiskFields {...props} />
    </>
  );
}

function MachineFields({ index, offers }: KvmProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.machine` as const;
  const machine = useWatch({ control, name: prefix });
  const shaped = Object.values(machine.topology).some((number) => number !== "");
  return (
    <Axis title="Virtual machine" wide>
      <TextField name={`${prefix}.vcpus`} label="vCPUs" description="Number" numeric />
      <TextField name={`${prefix}.memoryMiB`} label="Memory" description="MiB" numeric />
      <SuggestField
        name={`${prefix}.cpuModel`}
        label="CPU model"
        description="Or one of libvirt's by name"
        data={["default", "host-model", "host-passthrough"]}
      />
      <SelectField
        name={`${prefix}.accelerator`}
        label="Accelerator"
        description="Emulation is marked"
        data={offered(offers, "machine.accelerator", [
          ["auto", "KVM if usable, else emulation"],
          ["kvm", "KVM"],
          ["tcg", "emulation (TCG)"],
        ])}
      />
      <TextField
        name={`${prefix}.vcpuPins`}
        label="vCPU pins"
        description="A CPU list for each vCPU, by spaces"
        placeholder="0 1 2-3"
      />
      <CheckField
        name={`${prefix}.hugePages`}
        label="Guest memory from huge pages"
        description="From the reserved pages of the host"
      />
      <More
        title="Topology, NUMA nodes, emulator and I/O thread pins, page size, locked memory"
        chosen={
          shaped ||
          machine.numaCells !== "" ||
          machine.emulatorPin !== "" ||
          machine.ioThreadPin !== "" ||
          machine.hugePageKiB !== "2048" ||
          machine.locked
        }
        fields={[
          `${prefix}.topology`,
          `${prefix}.numaCells`,
          `${prefix}.emulatorPin`,
          `${prefix}.ioThreadPin`,
          `${prefix}.hugePageKiB`,
          `${prefix}.locked`,
        ]}
      >
        <TextField
          name={`${prefix}.topology.sockets`}
          label="Sockets"
          description="Empty: one core a vCPU"
          numeric
        />
        <TextField name={`${prefix}.topology.cores`} label="Cores" description="Of each socket" numeric />
        <TextField name={`${prefix}.topology.threads`} label="Threads" description="Of each core" numeric />
        <TextField
          name={`${prefix}.numaCells`}
          label="NUMA nodes of the guest"
          description="vCPUs:MiB@host node, by spaces; @ may be left out; empty: one"
          placeholder="0-7:8192@0 8-15:8192@1"
          wide
        />
        <TextField
          name={`${prefix}.emulatorPin`}
          label="Emulator pin"
          description="CPU list; empty: not pinned"
          placeholder="0"
        />
        <TextField
          name={`${prefix}.ioThreadPin`}
          label="I/O thread pin"
          description="CPU list; empty: as the emulator"
          placeholder="1"
        />
        <SelectField
          name={`${prefix}.hugePageKiB`}
          label="Size of the huge pages"
          description="Where memory is from huge pages"
          data={offered(offers, "machine.hugePageKiB", [
            ["2048", "2 MiB"],
            ["1048576", "1 GiB"],
          ])}
        />
        <CheckField
          name={`${prefix}.locked`}
          label="Guest memory locked"
          description="Never swapped, never moved"
          reason={offers("machine.locked", true)}
        />
      </More>
    </Axis>
  );
}

function NetworkFields({ index, offers }: KvmProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.network` as const;
  const mode = useWatch({ control, name: `${prefix}.mode` });
  return (
    <Axis title="Network">
      <SelectField
        name={`${prefix}.mode`}
        label="Network"
        description="How traffic enters"
        data={offered(offers, "network.mode", [
          ["bridge", "virtio on a bridge"],
          ["direct", "macvtap on the data interface"],
          ["user", "QEMU's user-mode network"],
        ])}
      />
      {mode === "user" ? null : (
        <SelectField
          name={`${prefix}.vhost`}
          label="vhost-net"
          description="Packets moved by the kernel"
          data={offered(offers, "network.vhost", [
            ["auto", "where the host offers it"],
            ["on", "on"],
            ["off", "off"],
          ])}
        />
      )}
    </Axis>
  );
}

function DiskFields({ index, facts, offers }: KvmProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.storage` as const;
  const device = useWatch({ control, name: `${prefix}.device.path` });
  return (
    <Axis title="Disk" wide>
      <SelectField
        name={`${prefix}.format`}
        label="Disk format"
        description="Image"
        data={offered(offers, "storage.format", [
          ["raw", "raw"],
          ["qcow2", "qcow2"],
        ])}
      />
      <SelectField
        name={`${prefix}.cache`}
        label="Disk cache"
        description="Of the host"
        data={(["none", "writeback", "writethrough", "directsync", "unsafe"] as const).map((value) => ({
          value,
          label: value,
          reason: offers("storage.cache", value),
        }))}
      />
      <SelectField
        name={`${prefix}.io`}
        label="Disk I/O"
        description="Asynchronous by"
        data={offered(offers, "storage.io", [
          ["native", "native"],
          ["threads", "threads"],
          ["io_uring", "io_uring"],
        ])}
      />
      <CheckField
        name={`${prefix}.ioThread`}
        label="I/O thread"
        description="The disk has a thread of its own"
      />
      <More
        title="Second disk: a block device of the host"
        chosen={device !== ""}
        fields={[`${prefix}.device`]}
      >
        <DeviceFields index={index} facts={facts} none="none: test data lies on the guest's disk" />
      </More>
    </Axis>
  );
}
