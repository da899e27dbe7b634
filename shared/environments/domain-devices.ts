// The disks and network interfaces of a domain.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { GuestInterfaces, UserInterface } from "./guest-network.ts";
import { element, type XmlElement } from "./xml.ts";

type Storage = KvmConfiguration["storage"];

/** The root disk, an image file, as vda; the host's block device, where there is one, as vdb, treated alike. */
export function disks({ storage }: KvmConfiguration, image: string): readonly XmlElement[] {
  const { device } = storage;
  return [
    element("disk", { type: "file", device: "disk" }, [
      driver(storage, storage.format),
      element("source", { file: image }),
      element("target", { dev: "vda", bus: "virtio" }),
    ]),
    ...(device === undefined
      ? []
      : [
          element("disk", { type: "block", device: "disk" }, [
            driver(storage, "raw"),
            element("source", { dev: device.path }),
            element("target", { dev: "vdb", bus: "virtio" }),
          ]),
        ]),
  ];
}

function driver({ cache, io, ioThread }: Storage, type: Storage["format"]): XmlElement {
  return element("driver", { name: "qemu", type, cache, io, ...(ioThread ? { iothread: 1 } : {}) });
}

/** Interfaces that libvirt makes; those of QEMU's user-mode network stand among its own options. */
export function interfaces({ network }: KvmConfiguration, { data }: GuestInterfaces): readonly XmlElement[] {
  if (data === null) return [];
  const source: Record<string, string> =
    data.kind === "bridge" ? { bridge: data.bridge } : { dev: data.device, mode: "bridge" };
  return [
    element("interface", { type: data.kind }, [
      element("mac", { address: data.mac }),
      element("source", source),
      element("model", { type: "virtio" }),
      // Without a driver libvirt takes vhost-net where the host has it.
      network.vhost === "auto"
        ? null
        : element("driver", { name: network.vhost === "on" ? "vhost" : "qemu" }),
    ]),
  ];
}

/** libvirt's own `<interface type="user">` forwards no ports (before 9.1 not at all, later through passt only). */
export function userModeArguments({ mac, forwards }: UserInterface): XmlElement {
  const netdev = ["user", "id=tare-user", ...forwards.map((forward) => `hostfwd=${forward}`)].join(",");
  // QEMU makes this device before those of libvirt, which fill the slots from 1 on: it stands out of their way.
  const device = `virtio-net-pci,netdev=tare-user,mac=${mac},disable-legacy=on,bus=pcie.0,addr=0x10`;
  const values = ["-netdev", netdev, "-device", device];
  return element(
    "qemu:commandline",
    {},
    values.map((value) => element("qemu:arg", { value })),
  );
}
