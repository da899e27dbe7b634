// The paper's sections that claims come from, with headings for readers without it.
import type { ClaimJudgement } from "../model/claim.ts";

interface SectionText {
  readonly title: string;
  /** What was measured there, in one or two sentences. */
  readonly summary: string;
}

/** An array: keys that look like whole numbers would come first in an object. */
const sections: readonly (SectionText & { readonly section: string })[] = [
  {
    section: "2.3",
    title: "Starting a container or a guest",
    summary: "How long it takes until what was started answers. The paper gives numbers in its text alone.",
  },
  {
    section: "3",
    title: "How the guests were set up",
    summary: "The paper says that every guest had 32 vCPUs, as many as the machine has hardware threads.",
  },
  {
    section: "3.1",
    title: "LINPACK: dense linear algebra",
    summary:
      "Solves a dense system of linear equations and counts floating-point operations a second. It is bound by the processor and its caches.",
  },
  {
    section: "3.2",
    title: "STREAM: memory bandwidth",
    summary: "Four simple loops over arrays far larger than the caches, on one socket and on two.",
  },
  {
    section: "3.3",
    title: "RandomAccess: memory latency",
    summary:
      "Updates words at random places of a table that fills half the memory. It is bound by address translation and memory latency.",
  },
  {
    section: "3.4",
    title: "nuttcp: bulk transfer over TCP",
    summary: "One TCP connection through a 10 Gb/s link, as fast as it goes, in each direction.",
  },
  {
    section: "3.5",
    title: "netperf: round trips",
    summary: "A request of 100 bytes, an answer of 200 bytes, one after the other, over TCP and over UDP.",
  },
  {
    section: "3.6",
    title: "fio: block storage",
    summary: "Sequential and random reads and writes on fast storage, past the page cache.",
  },
  {
    section: "3.7",
    title: "Redis: a key-value store in memory",
    summary:
      "Many clients send small requests to one server process. Packets and system calls decide, not the disk.",
  },
  {
    section: "3.8",
    title: "MySQL: a relational database",
    summary: "sysbench's transactions from 10 to 290 threads on a table that fits into memory.",
  },
  {
    section: "5",
    title: "What the paper concludes",
    summary: "Its discussion and its conclusion, over all workloads.",
  },
  {
    section: "repo",
    title: "Added from the authors' repository",
    summary:
      "Not sentences of the paper: statements about its raw data, for corrected pairs and for what was measured after the report.",
  },
];

export interface ClaimSection extends SectionText {
  readonly section: string;
  /** `Section 3.1 · LINPACK: dense linear algebra`. */
  readonly heading: string;
  readonly claims: readonly ClaimJudgement[];
}

/** Claims by section, in the paper's order, the repository's last. */
export function claimSections(claims: readonly ClaimJudgement[]): readonly ClaimSection[] {
  const groups = Map.groupBy(claims, ({ section }) => section);
  const order = sections.map(({ section }) => section);
  const place = (section: string) => (order.includes(section) ? order.indexOf(section) : order.length);
  return [...groups]
    .sort(([first], [second]) => place(first) - place(second))
    .map(([section, own]) => {
      const { title, summary } = sections.find((each) => each.section === section) ?? {
        title: `Section ${section}`,
        summary: "",
      };
      const heading = section === "repo" ? title : `Section ${section} · ${title}`;
      return { section, title, summary, heading, claims: own };
    });
}
