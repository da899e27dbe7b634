// What a guest adds to a configuration: the virtual machine, its network, its disk.
import { Axis, CheckField, SelectField, TextField } from "./form-fields.tsx";

export function KvmFields({ index }: { readonly index: number }) {
  const prefix = `configurations.${index}` as const;
  return (
    <>
      <Axis title="Virtual machine">
        <TextField name={`${prefix}.machine.vcpus`} label="vCPUs" description="Number" numeric />
        <TextField name={`${prefix}.machine.memoryMiB`} label="Memory" description="MiB" numeric />
        <SelectField
          name={`${prefix}.machine.cpuModel`}
          label="CPU model"
          description="What the guest sees"
          data={["default", "host-model", "host-passthrough"]}
        />
        <SelectField
          name={`${prefix}.machine.accelerator`}
          label="Accelerator"
          description="Emulation is marked"
          data={[
            { value: "auto", label: "KVM if usable, else emulation" },
            { value: "kvm", label: "KVM" },
            { value: "tcg", label: "emulation (TCG)" },
          ]}
        />
        <TextField
          name={`${prefix}.machine.vcpuPins`}
          label="vCPU pins"
          description="A CPU list for each vCPU, by spaces"
          placeholder="0 1 2-3"
        />
        <TextField
          name={`${prefix}.machine.emulatorPin`}
          label="Emulator pin"
          description="CPU list; empty: not pinned"
        />
        <CheckField
          name={`${prefix}.machine.hugePages`}
          label="Guest memory from huge pages"
          description="From the reserved pages of 2 MiB"
        />
      </Axis>
      <Axis title="Network and disk">
        <SelectField
          name={`${prefix}.network.vhost`}
          label="vhost-net"
          description="virtio on a bridge"
          data={[
            { value: "auto", label: "where the host offers it" },
            { value: "off", label: "off" },
          ]}
        />
        <SelectField
          name={`${prefix}.storage.format`}
          label="Disk format"
          description="Image"
          data={["raw", "qcow2"]}
        />
        <SelectField
          name={`${prefix}.storage.cache`}
          label="Disk cache"
          description="Of the host"
          data={["none", "writeback", "writethrough", "directsync", "unsafe"]}
        />
        <SelectField
          name={`${prefix}.storage.io`}
          label="Disk I/O"
          description="Asynchronous by"
          data={["native", "threads", "io_uring"]}
        />
        <CheckField
          name={`${prefix}.storage.ioThread`}
          label="I/O thread"
          description="The disk has a thread of its own"
        />
      </Axis>
    </>
  );
}
