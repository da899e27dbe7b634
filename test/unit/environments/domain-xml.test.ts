// The domain XML that libvirt gets: the text of two presets, and that nothing typed by a person can break it.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { guestDomainXml } from "#shared/environments/guest.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { escapeXml } from "#shared/environments/xml.ts";
import { kvmConfigurationSchema, type KvmConfiguration } from "#shared/model/configuration.ts";
import { anyKvmConfiguration } from "../../fixtures/any-configuration.ts";
import { sampleContext } from "../../fixtures/sample-sut.ts";

function preset(id: string): KvmConfiguration {
  const found = configurationPresets.find(({ configuration }) => configuration.id === id);
  return kvmConfigurationSchema.parse(found?.configuration);
}

/** Elements, in order, of a text in which each stands on a line of its own. */
function tags(xml: string): string[] {
  return xml
    .trimEnd()
    .split("\n")
    .map((line) => /^ *<\/?[a-z_]+/.exec(line)?.[0] ?? `not an element: ${line}`);
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
        <cmdline>root=/dev/vda rw console=ttyS0 quiet panic=1 net.ifnames=0 tare.address=198.18.4.64/24 tare.hostname=tare-guest</cmdline>
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

test("a tuned guest has its CPUs pinned, its memory bound and backed by huge pages, and an I/O thread", () => {
  const tuned = preset("kvm-tuned");
  const configuration: KvmConfiguration = {
    ...tuned,
    pinning: { cpus: "0-3", memory: { policy: "bind", nodes: "0" } },
    machine: { ...tuned.machine, emulatorPin: "2-3", hugePages: true },
    network: { mode: "bridge", vhost: "off" },
  };
  expect(guestDomainXml(sampleContext(configuration))).toMatchInlineSnapshot(`
    "<domain type="kvm">
      <name>tare-2026-01-02-sample-abc-kvm-tuned</name>
      <title>Tare: KVM tuned</title>
      <memory unit="MiB">2048</memory>
      <memoryBacking>
        <hugepages>
          <page size="2048" unit="KiB"/>
        </hugepages>
        <nosharepages/>
      </memoryBacking>
      <vcpu placement="static" cpuset="0-3">2</vcpu>
      <iothreads>1</iothreads>
      <cputune>
        <vcpupin vcpu="0" cpuset="0"/>
        <vcpupin vcpu="1" cpuset="1"/>
        <emulatorpin cpuset="2-3"/>
        <iothreadpin iothread="1" cpuset="2-3"/>
      </cputune>
      <numatune>
        <memory mode="strict" nodeset="0"/>
      </numatune>
      <os>
        <type arch="x86_64" machine="q35">hvm</type>
        <kernel>/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm-tuned/vmlinuz</kernel>
        <initrd>/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm-tuned/initrd</initrd>
        <cmdline>root=/dev/vda rw console=ttyS0 quiet panic=1 net.ifnames=0 tare.address=198.18.4.64/24 tare.hostname=tare-guest</cmdline>
      </os>
      <features>
        <acpi/>
        <apic/>
      </features>
      <cpu mode="host-passthrough">
        <topology sockets="1" cores="2" threads="1"/>
      </cpu>
      <clock offset="utc"/>
      <on_poweroff>destroy</on_poweroff>
      <on_reboot>destroy</on_reboot>
      <on_crash>destroy</on_crash>
      <devices>
        <disk type="file" device="disk">
          <driver name="qemu" type="raw" cache="none" io="native" iothread="1"/>
          <source file="/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm-tuned/disk.raw"/>
          <target dev="vda" bus="virtio"/>
        </disk>
        <interface type="bridge">
          <mac address="52:54:00:12:04:40"/>
          <source bridge="tare-br0"/>
          <model type="virtio"/>
          <driver name="qemu"/>
        </interface>
        <controller type="usb" model="none"/>
        <serial type="file">
          <source path="/var/lib/tare/data/tare-2026-01-02-sample-abc-kvm-tuned/console.log"/>
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
