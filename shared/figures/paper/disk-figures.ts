// Figures 10 and 11 of the paper: fio, large blocks in order and small ones at random places.
import type { DataPoint } from "../../model/dataset.ts";
import { bytesText } from "../../report/number.ts";
import type { Group } from "../overlay/bars.ts";
import { barDefinition } from "../overlay/bars.ts";

export const figure10 = barDefinition({
  id: "figure-10",
  number: 10,
  title: "fio: bandwidth of sequential reads and writes",
  summary: "Bandwidth of large blocks in the order of the file, past the host's page cache.",
  subject: "fio",
  panels: [{ quantities: ["bandwidth"], title: "Bandwidth" }],
  groups: "Job",
  accepts: ({ terms }) => (terms["rw"] === "read" || terms["rw"] === "write") && whole(terms),
  group: jobGroup,
  terms: ["job", "rw", "bs_bytes", "iodepth", "numjobs", "concurrency"],
  counted: null,
});

export const figure11 = barDefinition({
  id: "figure-11",
  number: 11,
  title: "fio: random reads, writes and a mix of both",
  summary:
    "Operations a second on small blocks at random places, many of them under way. What an environment adds to each costs throughput here.",
  subject: "fio",
  panels: [{ quantities: ["iops"], title: "Operations" }],
  groups: "Job",
  accepts: ({ terms }) => String(terms["rw"]).startsWith("rand") && whole(terms),
  group: jobGroup,
  terms: ["job", "rw", "bs_bytes", "iodepth", "numjobs", "concurrency"],
  counted: null,
});

/** Reads or writes of a mixed job are a part of it. */
function whole(terms: DataPoint["terms"]): boolean {
  return terms["part"] === undefined || terms["part"] === null;
}

const patterns: Readonly<Record<string, string>> = {
  read: "sequential read",
  write: "sequential write",
  randread: "random read",
  randwrite: "random write",
};

/** `Random read, 4 KiB, 128 under way`. */
function jobGroup({ terms, conditionLabel }: DataPoint): Group {
  const { rw, bs_bytes: block, concurrency } = terms;
  if (typeof rw !== "string") return { label: conditionLabel, rank: Number.MAX_SAFE_INTEGER };
  const percent = /^randrw(\d+)$/u.exec(rw)?.[1];
  const words = percent === undefined ? (patterns[rw] ?? rw) : `random, ${percent} % reads`;
  const order = ["read", "write", "randread", "randwrite"].indexOf(rw);
  const underWay = typeof concurrency === "number" ? concurrency : 0;
  return {
    label: [
      words.charAt(0).toUpperCase() + words.slice(1),
      ...(typeof block === "number" ? [bytesText(block)] : []),
      ...(underWay > 0 ? [`${underWay} under way`] : []),
    ].join(", "),
    rank: (order < 0 ? 4 : order) * 1e6 + underWay,
  };
}
