// How a SUT comes to huge pages of 1 GiB: at run time where its kernel has the pool, else by its kernel command line, which Tare never touches.
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { hugePagePool, offersHugePages, reservationsOf } from "./huge-page-pools.ts";

export interface OneGibPages {
  /** `run time`: the kernel has the pool. `command line`: it has none, the processor can. `impossible`: the processor cannot. */
  readonly way: "run time" | "command line" | "impossible";
  /** In reading order; the first says how it is. */
  readonly sentences: readonly string[];
  /** What to add to the kernel's command line, and how it reads then; null where that would not help. */
  readonly boot: {
    readonly added: string;
    readonly commandLine: string;
    /** Line of /etc/default/grub, by its name and what is appended to its value. */
    readonly grub: string;
  } | null;
}

/** `pages`: what the configuration reserves; without 1 GiB pages in it, one page a node stands for a number. */
export function oneGibPages(facts: Facts, pages: Configuration["pages"]): OneGibPages {
  const { hostname, cpu } = facts;
  if (offersHugePages(1_048_576, facts)) return atRunTime(facts, pages);
  const x86 = /^(x86_64|i.86)$/.test(cpu.architecture);
  if (x86 && !cpu.flags.includes("pdpe1gb"))
    return {
      way: "impossible",
      sentences: [
        `The kernel of ${hostname} has no pool of 1 GiB pages, and its processor does not show the flag pdpe1gb: it cannot map them.`,
        ...(cpu.hypervisor === null
          ? []
          : [
              `${hostname} is a virtual machine itself: the flag may be hidden by the CPU model it was given.`,
            ]),
        "Pages of 2 MiB are what there is.",
      ],
      boot: null,
    };
  if (/\bhugepagesz=1G\b/i.test(facts.kernel.commandLine))
    return {
      way: "impossible",
      sentences: [
        `The command line of the kernel of ${hostname} asks for 1 GiB pages already, and the kernel offers no pool of them: it was built without, or its base pages are not 4 KiB.`,
      ],
      boot: null,
    };
  return {
    way: "command line",
    sentences: [
      `The kernel of ${hostname} offers no pool of 1 GiB pages while it runs${x86 ? ", though its processor can map them (flag pdpe1gb)" : ""}: it must be told at boot.`,
      ...(x86 ? [] : ["On Arm that needs a kernel with base pages of 4 KiB."]),
      ...byHand,
    ],
    boot: bootLine(facts, pages),
  };
}

const byHand = [
  "Tare never does that: it is a change of the boot loader that needs a restart, and cannot be undone while the machine runs.",
  'On Debian and Ubuntu: append it to GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub, then update-grub and restart. On Fedora and Red Hat: grubby --update-kernel=ALL --args="…", then restart.',
  "Probe the lab again afterwards; what the kernel reserved at boot stays reserved for good, and no configuration need reserve it.",
] as const;

function atRunTime(facts: Facts, pages: Configuration["pages"]): OneGibPages {
  const { total, free } = hugePagePool(1_048_576, null, facts);
  return {
    way: "run time",
    sentences: [
      `The kernel of ${facts.hostname} has a pool of 1 GiB pages: ${total} reserved, ${free} of them free.`,
      "More can be tried while it runs: each needs 1 GiB in one piece at a multiple of 1 GiB. On a machine that has been up for a while that often fails, as memory is fragmented by then; the change then fails, and what it got is given back.",
      "Surest is soon after a restart, or at boot by the command line below. Tare never does that: it needs a restart and cannot be undone while the machine runs.",
    ],
    boot: bootLine(facts, pages),
  };
}

/** By node (kernel 5.16 and later) where the configuration says so. */
function bootLine(facts: Facts, pages: Configuration["pages"]): OneGibPages["boot"] {
  const wanted = reservationsOf(pages).filter(({ size, count }) => size === 1_048_576 && count > 0);
  const single = wanted.flatMap(({ node, count }) => (node === null ? [] : [`${node}:${count}`]));
  const whole = wanted.find(({ node }) => node === null)?.count ?? Math.max(facts.memory.nodes.length, 1);
  const { commandLine } = facts.kernel;
  const added = [
    // Said aloud, so that programs that name no size keep pages of 2 MiB.
    ...(/\bdefault_hugepagesz=/.test(commandLine) ? [] : ["default_hugepagesz=2M"]),
    "hugepagesz=1G",
    `hugepages=${single.length > 0 && knowsNodes(facts) ? single.join(",") : single.length > 0 ? sumOf(wanted) : whole}`,
  ].join(" ");
  // Each hugepages= belongs to the hugepagesz= before it: the old pair of 1 GiB goes.
  const kept = commandLine.replace(/\s*\bhugepagesz=1G(\s+hugepages=\S+)?/gi, "").trim();
  return {
    added,
    commandLine: `${kept} ${added}`.trim(),
    grub: `GRUB_CMDLINE_LINUX_DEFAULT="… ${added}"`,
  };
}

function sumOf(wanted: readonly { readonly count: number }[]): number {
  return wanted.reduce((sum, { count }) => sum + count, 0);
}

function knowsNodes({ kernel }: Facts): boolean {
  const [major = 0, minor = 0] = kernel.release.split(".").map((part) => Number.parseInt(part, 10));
  return major > 5 || (major === 5 && minor >= 16);
}
