// Changes of what not every machine has (frequencies, NUMA nodes, a NIC's interrupts), on a tree of files like the kernel's.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { governorChange } from "#shared/changes/governor.ts";
import { hugePagesChange } from "#shared/changes/huge-pages.ts";
import { irqAffinityChange } from "#shared/changes/irq-affinity.ts";
import type { Change } from "#shared/model/change.ts";
import type { Command } from "#shared/model/command.ts";
import { changerOf, openJournal, scriptsOf, sh, unhurried } from "../../fixtures/change-host.ts";
import {
  canMakeNamespaces,
  createLocalMachine,
  type Namespaces,
  openNamespaces,
} from "../../fixtures/local-machine.ts";

/** The change of trees made like sysfs and procfs, which stand for a machine's own. */
function onTree(change: Change): Change {
  const there = (command: Command): Command => ({
    ...command,
    argv: ["chroot", "/", "env", "TARE_SYS=/var/lib/sys", "TARE_PROC=/var/lib/proc", ...command.argv],
  });
  return {
    ...change,
    probe: there(change.probe),
    apply: change.apply.map(there),
    undo: change.undo.map(there),
  };
}

describe.skipIf(!canMakeNamespaces)("the CPU frequency governor (needs root on Linux)", () => {
  test("is set on every policy and brought back where policies differ", async () => {
    const namespaces = await openNamespaces();
    const machine = createLocalMachine(namespaces);
    const scripts = await scriptsOf(machine);
    // Many machines, and all guests, have no cpufreq.
    await sh(
      machine,
      `cd /var/lib && mkdir -p sys/devices/system/cpu/cpufreq/policy0 sys/devices/system/cpu/cpufreq/policy1 && cd sys/devices/system/cpu/cpufreq &&
       echo powersave > policy0/scaling_governor && echo schedutil > policy1/scaling_governor`,
    );
    const change = governorChange("performance", scripts);
    const changer = changerOf(machine, openJournal());
    const record = await changer.apply(onTree(change), unhurried());
    expect(record.before).toBe("policy0=powersave policy1=schedutil");
    const read = "cat /var/lib/sys/devices/system/cpu/cpufreq/policy*/scaling_governor";
    expect(await sh(machine, read)).toBe("performance\nperformance");
    await changer.undo(record, unhurried());
    expect(await sh(machine, read)).toBe("powersave\nschedutil");
    await namespaces.close();
  });
});

/** Interrupts as the kernel shows them: of a PCI function, of a virtio device below one, and by name where there are no vectors. */
const interruptTree = (vectors: string) => `
mkdir -p /var/lib/sys/class/net/br0 /var/lib/sys/devices/pci/virtio2 /var/lib/proc && cd /var/lib
for nic in nic0 nic1; do mkdir -p sys/class/net/$nic; ln -sfn ../../../devices/pci/virtio2 sys/class/net/$nic/device; done
for irq in 7 24 25 103; do mkdir -p proc/irq/$irq; echo 0-3 >proc/irq/$irq/smp_affinity_list; done
echo 2 >proc/irq/25/smp_affinity_list
cat >proc/interrupts <<'END'
           CPU0       CPU1
  7:          0          1  IO-APIC   5-edge      ACPI:Ged
 24:          0          1  PCI-MSI   1-edge      virtio2-input.0
 25:          0          1  GICv3     2-edge      other, virtio2-output.0
103:          0          1  PCI-MSI   3-edge      virtio20-input.0
NMI:          0          0  virtio2
END
${vectors}
`;
const affinities =
  "cd /var/lib/proc/irq && grep -H . */smp_affinity_list | sed 's|/smp_affinity_list:| |' | sort -n";

describe.skipIf(!canMakeNamespaces)("interrupts of an interface (needs root on Linux)", () => {
  let namespaces: Namespaces;
  let machine: RemoteMachine;
  let change: Change;

  beforeEach(async () => {
    namespaces = await openNamespaces();
    machine = createLocalMachine(namespaces);
    change = irqAffinityChange({ interface: "nic0", cpus: [1, 0] }, await scriptsOf(machine));
  });
  afterEach(() => namespaces.close());

  test.each([
    [
      "the device's own vectors",
      "mkdir -p sys/devices/pci/virtio2/msi_irqs; touch sys/devices/pci/virtio2/msi_irqs/24 sys/devices/pci/virtio2/msi_irqs/25",
    ],
    [
      "those of the function above it",
      "mkdir -p sys/devices/pci/msi_irqs; touch sys/devices/pci/msi_irqs/24 sys/devices/pci/msi_irqs/25 sys/devices/pci/msi_irqs/26",
    ],
    [
      "its own alone where the bridge above has vectors too",
      "mkdir -p sys/devices/pci/virtio2/msi_irqs sys/devices/pci/msi_irqs; touch sys/devices/pci/virtio2/msi_irqs/24 sys/devices/pci/virtio2/msi_irqs/25 sys/devices/pci/msi_irqs/7",
    ],
    ["those that bear its device's name", ":"],
  ])("are %s; all go to the same CPUs, and each goes back to its own", async (_which, vectors) => {
    await sh(machine, interruptTree(vectors));
    const before = await sh(machine, affinities);
    const changer = changerOf(machine, openJournal());
    const record = await changer.apply(onTree(change), unhurried());
    expect(record).toMatchObject({ before: "24=0-3 25=2", status: "applied" });
    expect(await sh(machine, affinities)).toBe("7 0-3\n24 0-1\n25 0-1\n103 0-3");
    await changer.undo(record, unhurried());
    expect(await sh(machine, affinities)).toBe(before);
  });

  test("that are all on the same CPUs are one list, and go back to it", async () => {
    await sh(machine, interruptTree("echo 0-3 >proc/irq/25/smp_affinity_list"));
    const changer = changerOf(machine, openJournal());
    const record = await changer.apply(onTree(change), unhurried());
    expect(record.before).toBe("0-3");
    await changer.undo(record, unhurried());
    expect(await sh(machine, affinities)).toBe("7 0-3\n24 0-3\n25 0-3\n103 0-3");
  });

  test("that somebody moved since are left and reported", async () => {
    await sh(machine, interruptTree(":"));
    const changer = changerOf(machine, openJournal());
    const record = await changer.apply(onTree(change), unhurried());
    await sh(machine, "echo 3 >/var/lib/proc/irq/24/smp_affinity_list");
    await expect(changer.undo(record, unhurried())).rejects.toMatchObject({ code: "UNDO_FAILED" });
  });

  test("are not offered by a bridge or an interface that is not there, and no path is taken for a name", async () => {
    await sh(machine, interruptTree(":"));
    const scripts = await scriptsOf(machine);
    const changer = changerOf(machine, openJournal());
    for (const name of ["br0", "eth9"]) {
      const none = irqAffinityChange({ interface: name, cpus: [0] }, scripts);
      expect((await changer.apply(onTree(none), unhurried())).status).toBe("unavailable");
    }
    const path = irqAffinityChange({ interface: "../net/nic0", cpus: [0] }, scripts);
    await expect(changer.apply(onTree(path), unhurried())).rejects.toThrow(/no name of an interface/);
  });
});

test.skipIf(!canMakeNamespaces)(
  "huge pages of the whole host go back to the NUMA nodes that had them (needs root on Linux)",
  async () => {
    const namespaces = await openNamespaces();
    const machine = createLocalMachine(namespaces);
    const scripts = await scriptsOf(machine);
    // What the kernel would do with two nodes is done by hand.
    const [pool, nodes] = ["hugepages/hugepages-2048kB", "/var/lib/sys/devices/system/node"];
    const spread = (total: number, ...each: readonly number[]) =>
      sh(
        machine,
        [
          `mkdir -p /var/lib/sys/kernel/mm/${pool} && echo ${total} >/var/lib/sys/kernel/mm/${pool}/nr_hugepages`,
          ...each.map((pages, node) => {
            const folder = `${nodes}/node${node}/${pool}`;
            return `mkdir -p ${folder} && echo ${pages} >${folder}/nr_hugepages`;
          }),
        ].join(" && "),
      );
    await spread(100, 100, 0);
    const change = hugePagesChange({ sizeKiB: 2048, node: null, count: 600 }, scripts);
    const changer = changerOf(machine, openJournal());
    const record = await changer.apply(onTree(change), unhurried());
    expect(record.before).toBe("100\nnode0 100\nnode1 0");
    await spread(600, 350, 250);
    await changer.undo(record, unhurried());
    expect(await sh(machine, `cat ${nodes}/node*/${pool}/nr_hugepages`)).toBe("100\n0");
    await namespaces.close();
  },
);
