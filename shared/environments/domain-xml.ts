// A KVM configuration as libvirt domain XML: the very text that `virsh define` gets and the preview shows.
import type { KvmConfiguration } from "../model/configuration.ts";
import { cpuElement, memoryBacking, numatune, tuning } from "./domain-cpu.ts";
import { disks, interfaces, userModeArguments } from "./domain-devices.ts";
import type { GuestInterfaces } from "./guest-network.ts";
import { element, xmlText } from "./xml.ts";

export interface DomainPlan {
  readonly name: string;
  readonly configuration: KvmConfiguration;
  readonly accelerator: "kvm" | "tcg";
  readonly files: {
    readonly disk: string;
    readonly kernel: string;
    readonly initrd: string;
    readonly console: string;
  };
  readonly kernelArguments: readonly string[];
  readonly interfaces: GuestInterfaces;
}

/** Options of QEMU itself stand in a namespace of their own, which only a domain that has some needs. */
const qemuNamespace = { "xmlns:qemu": "http://libvirt.org/schemas/domain/qemu/1.0" };

/** The domain, without a life of its own: nothing starts it again once it has ended. */
export function domainXml(plan: DomainPlan): string {
  const { configuration, accelerator } = plan;
  const { machine, storage, pinning } = configuration;
  const { user } = plan.interfaces;
  const type = accelerator === "kvm" ? "kvm" : "qemu";
  return xmlText(
    element("domain", { type, ...(user === null ? {} : qemuNamespace) }, [
      element("name", {}, plan.name),
      element("title", {}, `Tare: ${configuration.label}`),
      element("memory", { unit: "MiB" }, String(machine.memoryMiB)),
      memoryBacking(machine),
      // `cpuset` holds for the emulator and the I/O threads too, where they have no pin of their own.
      element(
        "vcpu",
        { placement: "static", ...(pinning.cpus === undefined ? {} : { cpuset: pinning.cpus }) },
        String(machine.vcpus),
      ),
      storage.ioThread ? element("iothreads", {}, "1") : null,
      tuning(configuration),
      numatune(configuration),
      element("os", {}, [
        element("type", { arch: "x86_64", machine: "q35" }, "hvm"),
        element("kernel", {}, plan.files.kernel),
        element("initrd", {}, plan.files.initrd),
        element("cmdline", {}, plan.kernelArguments.join(" ")),
      ]),
      element("features", {}, [element("acpi"), element("apic")]),
      cpuElement(machine, accelerator),
      element("clock", { offset: "utc" }),
      // A guest that reboots or panics has lost its run: it must end, not come back fresh.
      element("on_poweroff", {}, "destroy"),
      element("on_reboot", {}, "destroy"),
      element("on_crash", {}, "destroy"),
      element("devices", {}, [
        ...disks(configuration, plan.files.disk),
        ...interfaces(configuration, plan.interfaces),
        element("controller", { type: "usb", model: "none" }),
        element("serial", { type: "file" }, [
          element("source", { path: plan.files.console }),
          element("target", { port: 0 }),
        ]),
        element("rng", { model: "virtio" }, [element("backend", { model: "random" }, "/dev/urandom")]),
        element("memballoon", { model: "none" }),
      ]),
      user === null ? null : userModeArguments(user),
    ]),
  );
}
