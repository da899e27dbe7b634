// Interrupts of this machine's own interface: given to one CPU by the kernel, and each back where it was.
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { irqAffinityChange } from "#shared/changes/irq-affinity.ts";
import { changerOf, openJournal, scriptsOf, sh, unhurried } from "../fixtures/change-host.ts";
import { canMakeNamespaces, createLocalMachine, openNamespaces } from "../fixtures/local-machine.ts";

const folder = "/sys/class/net";
/** Of the interface's device, or of the function that a virtio device is on. */
function vectors(name: string): string[] {
  const device = `${folder}/${name}/device`;
  if (!existsSync(device)) return [];
  const own = realpathSync(device);
  const list = [own, dirname(own)].map((place) => `${place}/msi_irqs`).find((path) => existsSync(path));
  return list === undefined ? [] : readdirSync(list).toSorted((a, b) => Number(a) - Number(b));
}
const nic =
  process.platform === "linux" ? readdirSync(folder).find((name) => vectors(name).length > 1) : undefined;
const file = (irq: string) => `/proc/irq/${irq}/smp_affinity_list`;
const seen = (irqs: readonly string[]) => irqs.map((irq) => readFileSync(file(irq), "utf8").trim());

test.skipIf(!canMakeNamespaces || nic === undefined || cpus().length < 2)(
  "a real interface's interrupts go to one CPU and back, each to its own (needs root, MSI vectors and two CPUs)",
  async () => {
    const name = nic ?? "";
    const irqs = vectors(name);
    const found = seen(irqs);
    const namespaces = await openNamespaces("host");
    try {
      const machine = createLocalMachine(namespaces);
      const changer = changerOf(machine, openJournal());
      // One of them apart, so that undo has more than one list to bring back.
      await sh(machine, `echo 1 >${file(irqs[1] ?? "")}`);
      const before = seen(irqs);
      const change = irqAffinityChange({ interface: name, cpus: [0] }, await scriptsOf(machine));
      const record = await changer.apply(change, unhurried());
      expect(record.before).toContain(`${irqs[1]}=1`);
      expect(seen(irqs)).toEqual(irqs.map(() => "0"));
      // The facts see what was done.
      const facts = await probeFacts(machine, { signal: unhurried() });
      const told = facts.nics
        .find((each) => each.name === name)
        ?.irqs.map(({ irq, cpus: list }) => [irq, list]);
      expect(told).toEqual(irqs.map((irq) => [Number(irq), "0"]));
      await changer.undo(record, unhurried());
      expect(seen(irqs)).toEqual(before);
      expect(await outstandingChanges(machine, unhurried())).toEqual([]);
    } finally {
      for (const [index, irq] of irqs.entries())
        await sh(createLocalMachine(namespaces), `echo ${found[index]} >${file(irq)}`);
      await namespaces.close();
    }
    expect(seen(irqs)).toEqual(found);
  },
);
