// What stands against the memory of a guest on a SUT: its size, the huge pages behind it, and its locking.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { error, mib, warning, type Finding } from "./checks.ts";
import { numbersOf } from "./cpu-list.ts";
import { hugePageKiB } from "./domain-cpu.ts";
import { boundParts, pagesFor } from "./guest-pages.ts";
import {
  freeHugePages,
  hugePagePool,
  noSuchPages,
  offersHugePages,
  pageText,
  reservationField,
  type HugePageKiB,
} from "./huge-page-pools.ts";

/** What QEMU itself takes on top of the guest's memory, as a rough allowance. */
const emulatorMiB = 256;

export function kvmMemoryFindings(configuration: KvmConfiguration, facts: Facts): readonly Finding[] {
  return [
    ...(configuration.machine.hugePages
      ? hugePageFindings(configuration, facts)
      : plainMemoryFindings(configuration, facts)),
    ...lockFindings(configuration, facts),
  ];
}

function plainMemoryFindings({ machine }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const available = mib(facts.memory.availableBytes);
  if (machine.memoryMiB + emulatorMiB <= available) return [];
  return [
    error(
      "machine.memoryMiB",
      `The guest needs ${machine.memoryMiB} MiB and ${emulatorMiB} MiB for QEMU; ${facts.hostname} has ${available} MiB available.`,
    ),
  ];
}

function hugePageFindings(configuration: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { machine } = configuration;
  const size = hugePageKiB(machine);
  if (!offersHugePages(size, facts))
    return [
      error(
        machine.hugePageKiB === undefined ? "machine.hugePages" : "machine.hugePageKiB",
        noSuchPages(size, facts),
      ),
    ];
  return [
    ...multipleFindings(configuration, size),
    ...wholeFindings(configuration, size, facts),
    ...nodeFindings(configuration, size, facts),
  ];
}

function multipleFindings({ machine }: KvmConfiguration, size: HugePageKiB): readonly Finding[] {
  const sizeMiB = size / 1024;
  const parts = [
    { field: "machine.memoryMiB", name: "The guest's memory", memoryMiB: machine.memoryMiB },
    ...(machine.numaCells ?? []).map(({ memoryMiB }, index) => ({
      field: `machine.numaCells.${index}.memoryMiB`,
      name: `The memory of the guest's NUMA node ${index}`,
      memoryMiB,
    })),
  ];
  return parts
    .filter(({ memoryMiB }) => memoryMiB % sizeMiB !== 0)
    .map(({ field, name, memoryMiB }) =>
      error(field, `${name}, ${memoryMiB} MiB, is no multiple of the page size, ${pageText(size)}.`),
    );
}

function wholeFindings(
  { machine, pages }: KvmConfiguration,
  size: HugePageKiB,
  facts: Facts,
): readonly Finding[] {
  const needed = pagesFor(machine.memoryMiB, size);
  const free = freeHugePages(size, null, pages, facts);
  if (free >= needed) return [];
  const field = reservationField(size);
  const pool = hugePagePool(size, pages.hugePagesNode ?? null, facts);
  const found = `The guest needs ${needed} free pages of ${pageText(size)} and would find ${free}`;
  if (pages.perNode !== undefined)
    return [error("pages.perNode", `${found}; reserve ${needed - free} more on its NUMA nodes.`)];
  return [
    error(
      pages[field] === undefined ? "machine.hugePages" : `pages.${field}`,
      `${found}; set pages.${field} to ${needed + pool.total - pool.free} or more.`,
    ),
  ];
}

/** Memory that is bound to nodes needs its pages on these nodes. */
function nodeFindings(configuration: KvmConfiguration, size: HugePageKiB, facts: Facts): readonly Finding[] {
  const { pages } = configuration;
  const spread = pages[reservationField(size)] !== undefined && pages.hugePagesNode === undefined;
  return boundParts(configuration).flatMap(({ field, nodes, memoryMiB }) => {
    const there = numbersOf(nodes).filter((node) => facts.memory.nodes.some((each) => each.node === node));
    const needed = pagesFor(memoryMiB, size);
    const free = there.reduce((sum, node) => sum + freeHugePages(size, node, pages, facts), 0);
    if (there.length === 0 || free >= needed) return [];
    const place = there.length === 1 ? `NUMA node ${there[0]}` : `the NUMA nodes ${there.join(", ")}`;
    const text = `${memoryMiB} MiB are bound to ${place} of ${facts.hostname}: ${needed} pages of ${pageText(size)}`;
    return spread
      ? [
          warning(
            field,
            `${text}, and an even spread of the reservation gives ${free}; reserve more, or on that node (pages.perNode).`,
          ),
        ]
      : [error(field, `${text}, and ${free} would be free there.`)];
  });
}

function lockFindings({ machine }: KvmConfiguration, facts: Facts): readonly Finding[] {
  if (machine.locked !== true || facts.raisesLimits === true) return [];
  const field = "machine.locked";
  if (facts.raisesLimits === false)
    return [
      error(
        field,
        `Locked memory needs a limit (RLIMIT_MEMLOCK) above ${machine.memoryMiB} MiB, and on ${facts.hostname} root may not raise limits (no CAP_SYS_RESOURCE).`,
      ),
    ];
  return [
    warning(
      field,
      `Locked memory needs a limit (RLIMIT_MEMLOCK) above ${machine.memoryMiB} MiB; whether ${facts.hostname} lets libvirt raise it is not known. Probe the lab again.`,
    ),
  ];
}
