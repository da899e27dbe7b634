// Who uses huge pages of a configuration: by what the workloads' programs do, and the mode that they find.
import type { Configuration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Condition, WorkloadName } from "../model/workload.ts";
import { countText } from "../report/number.ts";
import { workloads } from "../workloads/registry.ts";
import { neededPages } from "./guest-pages.ts";
import { pageText, reservationsOf } from "./huge-page-pools.ts";

export interface HugePageUser {
  readonly who: string;
  /** What its memory lies in. `unknown`: it depends on a mode that is not known. `unused`: pages that nobody takes. */
  readonly pages: "transparent" | "reserved" | "small" | "unknown" | "unused";
  /** One sentence: why. */
  readonly text: string;
}

type Mode = "always" | "madvise" | "never" | null;

/** A guest first, then the programs of the conditions in their order, nothing twice; last a reservation that nobody uses. */
export function hugePageUsers(
  configuration: Configuration,
  conditions: readonly Condition[],
  facts: Facts | null,
): readonly HugePageUser[] {
  const host = configuration.pages.thp ?? knownMode(facts?.memory.thp?.enabled);
  const guest = configuration.environment === "kvm" ? guestUser(configuration, host, facts) : null;
  // A guest's kernel is told the mode that the configuration chooses, else it has its own default.
  const mode = guest === null ? host : (configuration.pages.thp ?? null);
  const inside = guest === null ? "" : " in the guest";
  const found = conditions.map((condition) => programUser(condition, mode, inside));
  const users = [...(guest === null ? [] : [guest]), ...found, ...idleReservation(configuration)];
  return users.filter(({ who, text }, index) => {
    const first = users.findIndex((each) => each.who === who && each.text === text);
    return first === index;
  });
}

/** Reserved pages that nothing of the configuration takes from their pool. */
function idleReservation(configuration: Configuration): readonly HugePageUser[] {
  const some = reservationsOf(configuration.pages).some(({ count }) => count > 0);
  if (!some || (configuration.environment === "kvm" && configuration.machine.hugePages)) return [];
  const text =
    "Nobody takes them: they are for a guest whose memory is from huge pages. For all others they are memory that is missing.";
  return [{ who: "The reserved pages", pages: "unused", text }];
}

function knownMode(text: string | undefined): Mode {
  return text === "always" || text === "madvise" || text === "never" ? text : null;
}

function guestUser(configuration: KvmConfiguration, host: Mode, facts: Facts | null): HugePageUser {
  const who = "The guest's memory";
  if (configuration.machine.hugePages) {
    const { size, whole } = neededPages(configuration, facts);
    const pages = `${countText(whole, "reserved page")} of ${pageText(size)}`;
    return { who, pages: "reserved", text: `QEMU takes ${pages} of the host for it.` };
  }
  const asks = "QEMU asks for transparent huge pages (madvise)";
  if (host === "never") return { who, pages: "small", text: `${asks}, and the host's mode is never.` };
  return host === null
    ? { who, pages: "unknown", text: `${asks}; the host's mode is not known.` }
    : { who, pages: "transparent", text: `${asks}, and the host's mode is ${host}.` };
}

function programUser({ workload, parameters }: Condition, mode: Mode, inside: string): HugePageUser {
  const { title } = workloads[workload];
  const use = uses[workload];
  switch (use.kind) {
    case "arrays":
      return arrayUser(`${use.what} of ${title}`, parameters["pages"] === "madvise", mode, inside);
    case "never":
      return { who: title, pages: "small", text: use.why };
  }
}

/** Tare's own kernels (assets/kernels/pages.h): madvise where the condition says so. */
function arrayUser(who: string, asks: boolean, mode: Mode, inside: string): HugePageUser {
  const asked = asks ? "asked for with madvise" : "not asked for (pages: default)";
  if (mode === null)
    return {
      who,
      pages: "unknown",
      text: `Transparent huge pages are ${asked}; the mode${inside} is its kernel's own.`,
    };
  const huge = mode === "always" || (mode === "madvise" && asks);
  return {
    who,
    pages: huge ? "transparent" : "small",
    text: `Transparent huge pages are ${asked}, and the mode${inside} is ${mode}.`,
  };
}

type Use =
  | { readonly kind: "arrays"; readonly what: string }
  | { readonly kind: "never"; readonly why: string };

/** From the programs as shared/workloads starts them. No workload takes pages from a pool (hugetlbfs, SHM_HUGETLB). */
const uses: Readonly<Record<WorkloadName, Use>> = {
  stream: { kind: "arrays", what: "Arrays" },
  randomaccess: { kind: "arrays", what: "Table" },
  linpack: { kind: "arrays", what: "Matrix" },
  mysql: {
    kind: "never",
    // prctl(PR_SET_THP_DISABLE): THP_enabled in /proc/PID/status is 0, seen with 10.11.19.
    why: "MariaDB turns transparent huge pages off for itself, InnoDB's buffer pool included; only MySQL would get them in the mode always. Its option file has no large_pages, so it takes no reserved pages either.",
  },
  redis: {
    kind: "never",
    // disable-thp is on by default: under "always" THP_enabled is 0, seen with 7.0.15.
    why: "From version 6.2 on Redis turns transparent huge pages off for itself (disable-thp), as they cost it latency; it takes no reserved pages.",
  },
  fio: { kind: "never", why: "Direct I/O with small buffers: the size of pages does not matter to it." },
  nuttcp: {
    kind: "never",
    why: "Its buffers are small and the kernel's own socket memory is not in huge pages.",
  },
  netperf: {
    kind: "never",
    why: "Its buffers are small and the kernel's own socket memory is not in huge pages.",
  },
};
