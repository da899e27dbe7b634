// A KVM configuration as libvirt domain XML: the very text that `virsh create` gets and the preview shows.
import type { KvmConfiguration, MemoryPolicy } from "../model/configuration.ts";
import { element, xmlText, type XmlElement } from "./xml.ts";

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
  readonly bridge: string;
  readonly mac: string;
}

/** The domain, transient: it is gone once it is destroyed. */
export function domainXml(plan: DomainPlan): string {
  const { configuration, accelerator } = plan;
  const { machine, storage } = configuration;
  return xmlText(
    element("domain", { type: accelerator === "kvm" ? "kvm" : "qemu" }, [
      element("name", {}, plan.name),
      element("title", {}, `Tare: ${configuration.label}`),
      element("memory", { unit: "MiB" }, String(machine.memoryMiB)),
      machine.hugePages ? hugePageBacking() : null,
      element("vcpu", { placement: "static", ...cpuset(configuration) }, String(machine.vcpus)),
      storage.ioThread ? element("iothreads", {}, "1") : null,
      tuning(configuration),
      numatune(configuration.pinning.memory),
      element("os", {}, [
        element("type", { arch: "x86_64", machine: "q35" }, "hvm"),
        element("kernel", {}, plan.files.kernel),
        element("initrd", {}, plan.files.initrd),
        element("cmdline", {}, plan.kernelArguments.join(" ")),
      ]),
      element("features", {}, [element("acpi"), element("apic")]),
      cpuElement(configuration, accelerator),
      element("clock", { offset: "utc" }),
      // A guest that reboots or panics has lost its run: it must end, not come back fresh.
      element("on_poweroff", {}, "destroy"),
      element("on_reboot", {}, "destroy"),
      element("on_crash", {}, "destroy"),
      element("devices", {}, devices(plan)),
    ]),
  );
}

function hugePageBacking(): XmlElement {
  return element("memoryBacking", {}, [
    element("hugepages", {}, [element("page", { size: 2048, unit: "KiB" })]),
    element("nosharepages"),
  ]);
}

/** `cpuset` of <vcpu> holds for the emulator and the I/O threads too, where they have no pin of their own. */
function cpuset({ pinning }: KvmConfiguration): Record<string, string> {
  return pinning.cpus === undefined ? {} : { cpuset: pinning.cpus };
}

function tuning({ machine, storage, pinning }: KvmConfiguration): XmlElement | null {
  const helpers = machine.emulatorPin ?? pinning.cpus;
  const pins = [
    ...(machine.vcpuPins ?? []).map((cpus, vcpu) => element("vcpupin", { vcpu, cpuset: cpus })),
    machine.emulatorPin === undefined ? null : element("emulatorpin", { cpuset: machine.emulatorPin }),
    storage.ioThread && helpers !== undefined
      ? element("iothreadpin", { iothread: 1, cpuset: helpers })
      : null,
  ].filter((pin) => pin !== null);
  return pins.length === 0 ? null : element("cputune", {}, pins);
}

function numatune(memory: MemoryPolicy): XmlElement | null {
  // "default" and "local" are what the kernel does for a process that asks for nothing.
  if (memory.policy !== "bind" && memory.policy !== "interleave") return null;
  const mode = memory.policy === "bind" ? "strict" : "interleave";
  return element("numatune", {}, [element("memory", { mode, nodeset: memory.nodes })]);
}

function cpuElement({ machine }: KvmConfiguration, accelerator: "kvm" | "tcg"): XmlElement | null {
  // The emulator's own default model lacks instructions that today's builds take for granted.
  const mode = accelerator === "tcg" ? "maximum" : machine.cpuModel;
  if (mode === "default") return null;
  return element("cpu", { mode }, [element("topology", { sockets: 1, cores: machine.vcpus, threads: 1 })]);
}

function devices({ configuration, files, bridge, mac }: DomainPlan): readonly XmlElement[] {
  const { storage, network } = configuration;
  return [
    element("disk", { type: "file", device: "disk" }, [
      element("driver", {
        name: "qemu",
        type: storage.format,
        cache: storage.cache,
        io: storage.io,
        ...(storage.ioThread ? { iothread: 1 } : {}),
      }),
      element("source", { file: files.disk }),
      element("target", { dev: "vda", bus: "virtio" }),
    ]),
    element("interface", { type: "bridge" }, [
      element("mac", { address: mac }),
      element("source", { bridge }),
      element("model", { type: "virtio" }),
      // Without a driver libvirt takes vhost-net where the host has it.
      network.vhost === "off" ? element("driver", { name: "qemu" }) : null,
    ]),
    element("controller", { type: "usb", model: "none" }),
    element("serial", { type: "file" }, [
      element("source", { path: files.console }),
      element("target", { port: 0 }),
    ]),
    element("rng", { model: "virtio" }, [element("backend", { model: "random" }, "/dev/urandom")]),
    element("memballoon", { model: "none" }),
  ];
}
