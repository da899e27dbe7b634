// The domain XML that libvirt gets: the text of the default guest, what each choice adds to it, and that nothing typed by a person can break it.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { guestDomainXml } from "#shared/environments/guest.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { escapeXml } from "#shared/environments/xml.ts";
import { kvmConfigurationSchema, type KvmConfiguration } from "#shared/model/configuration.ts";
import { TareError } from "#shared/model/error.ts";
import { anyKvmConfiguration } from "../../fixtures/any-configuration.ts";
import { sampleContext, sampleLab } from "../../fixtures/sample-sut.ts";

function preset(id: string): KvmConfiguration {
  const found = configurationPresets.find(({ configuration }) => configuration.id === id);
  return kvmConfigurationSchema.parse(found?.configuration);
}

/** Elements, in order, of a text in which each stands on a line of its own. */
function tags(xml: string): string[] {
  return xml
    .trimEnd()
    .split("\n")
    .map((line) => /^ *<\/?[a-z_:]+/.exec(line)?.[0] ?? `not an element: ${line}`);
}

test("the default guest is what libvirt makes when nothing is asked for", () => {
  expect(guestDomainXml(sampleContext(preset("kvm")))).toMatchInlineSnapshot(`
    "<domain type="kvm">
      <name>tare-2026-01-02-sample-abc-kvm</name>
      <title>Tare: KVM</title>
      <memory unit="MiB">2048</memory>
      <vcpu placement="static">2</vcpu>
      <os>
        <type arch="x86_64" machine="q35">hvm</type>
        <kernel>/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm/vmlinuz</kernel>
        <initrd>/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm/initrd</initrd>
        <cmdline>root=/dev/vda rw console=ttyS0 quiet panic=1 net.ifnames=0 tare.hostname=tare-guest tare.answer=5190 tare.nic=52:54:00:12:04:40,198.18.4.64/24,</cmdline>
      </os>
      <features>
        <acpi/>
        <apic/>
      </features>
      <clock offset="utc"/>
      <on_poweroff>destroy</on_poweroff>
      <on_reboot>destroy</on_reboot>
      <on_crash>destroy</on_crash>
      <devices>
        <disk type="file" device="disk">
          <driver name="qemu" type="raw" cache="none" io="native"/>
          <source file="/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm/disk.raw"/>
          <target dev="vda" bus="virtio"/>
        </disk>
        <interface type="bridge">
          <mac address="52:54:00:12:04:40"/>
          <source bridge="tare-br0"/>
          <model type="virtio"/>
        </interface>
        <controller type="usb" model="none"/>
        <serial type="file">
          <source path="/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm/console.log"/>
          <target port="0"/>
        </serial>
        <rng model="virtio">
          <backend model="random">/dev/urandom</backend>
        </rng>
        <memballoon model="none"/>
      </devices>
    </domain>
    "
  `);
});

/** What a choice adds to the XML of the default guest, in order. */
function added(
  machine: Partial<KvmConfiguration["machine"]>,
  rest: Partial<Pick<KvmConfiguration, "pinning" | "network" | "storage" | "pages">> = {},
): string {
  const base = preset("kvm");
  const configuration = { ...base, ...rest, machine: { ...base.machine, ...machine } };
  const before = new Set(guestDomainXml(sampleContext(base)).split("\n"));
  return guestDomainXml(sampleContext(configuration))
    .split("\n")
    .filter((line) => !before.has(line))
    .join("\n");
}

test("a model of libvirt's map is asked for exactly, without a substitute", () => {
  expect(added({ cpuModel: "SandyBridge" })).toMatchInlineSnapshot(`
    "  <cpu mode="custom" match="exact" check="partial">
        <model fallback="forbid">SandyBridge</model>
        <topology sockets="1" cores="2" threads="1"/>
      </cpu>"
  `);
});

test("a topology alone leaves libvirt's default model", () => {
  expect(added({ vcpus: 8, topology: { sockets: 2, cores: 2, threads: 2 } })).toMatchInlineSnapshot(`
    "  <vcpu placement="static">8</vcpu>
      <cpu>
        <topology sockets="2" cores="2" threads="2"/>
      </cpu>"
  `);
});

test("guest NUMA nodes come with the host nodes of their memory, and huge pages for all of them", () => {
  const numaCells = [
    { cpus: "0-1", memoryMiB: 1024, hostNodes: "0" },
    { cpus: "2-3", memoryMiB: 1024, hostNodes: "1" },
  ];
  const cpuModel = "host-passthrough";
  expect(added({ vcpus: 4, cpuModel, numaCells, hugePages: true, hugePageKiB: 1_048_576, locked: true }))
    .toMatchInlineSnapshot(`
    "  <memoryBacking>
        <hugepages>
          <page size="1048576" unit="KiB" nodeset="0-1"/>
        </hugepages>
        <nosharepages/>
        <locked/>
      </memoryBacking>
      <vcpu placement="static">4</vcpu>
      <numatune>
        <memnode cellid="0" mode="strict" nodeset="0"/>
        <memnode cellid="1" mode="strict" nodeset="1"/>
      </numatune>
      <cpu mode="host-passthrough">
        <topology sockets="1" cores="4" threads="1"/>
        <numa>
          <cell id="0" cpus="0-1" memory="1024" unit="MiB"/>
          <cell id="1" cpus="2-3" memory="1024" unit="MiB"/>
        </numa>
      </cpu>"
  `);
});

test("vCPUs, emulator and I/O thread have their pins, and the whole memory its policy", () => {
  expect(
    added(
      { vcpuPins: ["0", "1"], emulatorPin: "2", ioThreadPin: "3" },
      {
        pinning: { cpus: "0-3", memory: { policy: "bind", nodes: "0" } },
        storage: { format: "qcow2", cache: "none", io: "io_uring", ioThread: true },
      },
    ),
  ).toMatchInlineSnapshot(`
    "  <vcpu placement="static" cpuset="0-3">2</vcpu>
      <iothreads>1</iothreads>
      <cputune>
        <vcpupin vcpu="0" cpuset="0"/>
        <vcpupin vcpu="1" cpuset="1"/>
        <emulatorpin cpuset="2"/>
        <iothreadpin iothread="1" cpuset="3"/>
      </cputune>
      <numatune>
        <memory mode="strict" nodeset="0"/>
      </numatune>
          <driver name="qemu" type="qcow2" cache="none" io="io_uring" iothread="1"/>
          <source file="/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm/disk.qcow2"/>"
  `);
});

test("the host's block device is a second disk, raw, treated like the first", () => {
  const device = { path: "/dev/disk/by-id/nvme-1", serial: "S1" };
  expect(
    added({}, { storage: { format: "qcow2", cache: "directsync", io: "native", ioThread: true, device } }),
  ).toMatchInlineSnapshot(`
    "  <iothreads>1</iothreads>
          <driver name="qemu" type="qcow2" cache="directsync" io="native" iothread="1"/>
          <source file="/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm/disk.qcow2"/>
        <disk type="block" device="disk">
          <driver name="qemu" type="raw" cache="directsync" io="native" iothread="1"/>
          <source dev="/dev/disk/by-id/nvme-1"/>
          <target dev="vdb" bus="virtio"/>"
  `);
});

test("macvtap is joined by a user-mode interface, over which the SUT reaches its own guest", () => {
  expect(added({}, { network: { mode: "direct", vhost: "off" } })).toMatchInlineSnapshot(`
    "<domain type="kvm" xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">
        <cmdline>root=/dev/vda rw console=ttyS0 quiet panic=1 net.ifnames=0 tare.hostname=tare-guest tare.answer=5190 tare.nic=52:54:00:12:04:40,198.18.4.64/24, tare.nic=52:54:01:00:02:0f,10.0.2.15/24,</cmdline>
        <interface type="direct">
          <source dev="data0" mode="bridge"/>
          <driver name="qemu"/>
      <qemu:commandline>
        <qemu:arg value="-netdev"/>
        <qemu:arg value="user,id=tare-user,hostfwd=tcp:127.0.0.1:22022-:22,hostfwd=tcp:127.0.0.1:5190-:5190"/>
        <qemu:arg value="-device"/>
        <qemu:arg value="virtio-net-pci,netdev=tare-user,mac=52:54:01:00:02:0f,disable-legacy=on,bus=pcie.0,addr=0x10"/>
      </qemu:commandline>"
  `);
});

test("in the user-mode network all ports of the workloads are forwarded from the data address", () => {
  const user = { ...preset("kvm"), network: { mode: "user", vhost: "auto" } } as const;
  expect(added({}, { network: user.network })).toMatchInlineSnapshot(`
    "<domain type="kvm" xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">
        <cmdline>root=/dev/vda rw console=ttyS0 quiet panic=1 net.ifnames=0 tare.hostname=tare-guest tare.answer=5190 tare.nic=52:54:01:00:02:0f,10.0.2.15/24,10.0.2.2</cmdline>
      <qemu:commandline>
        <qemu:arg value="-netdev"/>
        <qemu:arg value="user,id=tare-user,hostfwd=tcp:198.18.4.1:6379-:6379,hostfwd=udp:198.18.4.1:5101-:5101,hostfwd=tcp:127.0.0.1:22022-:22,hostfwd=tcp:127.0.0.1:5190-:5190"/>
        <qemu:arg value="-device"/>
        <qemu:arg value="virtio-net-pci,netdev=tare-user,mac=52:54:01:00:02:0f,disable-legacy=on,bus=pcie.0,addr=0x10"/>
      </qemu:commandline>"
  `);
  expect(guestDomainXml(sampleContext(user))).not.toContain("<interface");
  const sut = { ...sampleLab.sut, dataAddress: "sut.example" };
  expect(() => guestDomainXml(sampleContext(user, { lab: { ...sampleLab, sut } }))).toThrow(TareError);
});

test("an emulated guest keeps the topology that was chosen", () => {
  const base = preset("kvm");
  const topology = { sockets: 2, cores: 1, threads: 1 };
  const configuration = { ...base, machine: { ...base.machine, topology } };
  expect(guestDomainXml(sampleContext(configuration, { accelerator: "tcg" }))).toContain(
    '<topology sockets="2" cores="1" threads="1"/>',
  );
});

test("an emulated guest is of type qemu with all that the emulator can do, whatever model was chosen", () => {
  const xml = guestDomainXml(sampleContext(preset("kvm-tuned"), { accelerator: "tcg" }));
  expect(xml).toContain('<domain type="qemu">');
  expect(xml).toContain('<cpu mode="maximum">');
  expect(xml).not.toContain("host-passthrough");
});

test("a label changes nothing but the text of the title", () => {
  fc.assert(
    fc.property(anyKvmConfiguration, (configuration) => {
      const xml = guestDomainXml(sampleContext(configuration));
      const plain = guestDomainXml(sampleContext({ ...configuration, label: "Label" }));
      expect(tags(xml)).toEqual(tags(plain));
      expect(xml).toBe(
        plain.replace(
          "<title>Tare: Label</title>",
          () => `<title>Tare: ${escapeXml(configuration.label)}</title>`,
        ),
      );
    }),
  );
});

test("escaped text holds no markup, only characters of XML 1.0, and reads back as it was", () => {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/);
      expect(escaped).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
      const readBack = escaped.replace(/&([a-z]+);/g, (_, name: string) => entities[name] ?? "");
      expect(readBack.length).toBe(text.toWellFormed().length);
      if (/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(text))
        expect(readBack).toBe(text);
    }),
  );
});
