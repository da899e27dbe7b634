// Reads fio's `--output-format=json+`: a JSON document, with lines of text before or after it that fio prints there.
import { z } from "zod";
import { TareError } from "../model/error.ts";
import type { Reading } from "../model/measurement.ts";
import { fioReading } from "./fio-reading.ts";
import type { FioSide } from "./fio-reading.ts";
import { cutShort, largest, linesOf, schemaReason, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

const amount = z.number().nonnegative().max(largest);

const sideSchema = z.object({
  bw_bytes: amount,
  iops: amount,
  total_ios: amount,
  clat_ns: z.object({
    N: amount,
    mean: amount,
    percentile: z.record(z.string(), amount).optional(),
    bins: z.record(z.string().regex(/^\d{1,18}$/), amount).optional(),
  }),
});

const optionsSchema = z.object({ bs: z.string().optional() });

const documentSchema = z.object({
  "global options": optionsSchema.optional(),
  jobs: z
    .array(
      z.object({
        jobname: z.string(),
        error: z.number(),
        "job options": optionsSchema.optional(),
        read: sideSchema,
        write: sideSchema,
      }),
    )
    .min(1),
});

/** One reading a job. `blockBytes`: known block size, or null to take it from the options that fio repeats. */
export function jsonReadings(text: string, blockBytes: number | null): readonly Reading[] {
  const lines = linesOf(text);
  const documents = documentsOf(lines);
  if (documents.length === 0) throw cutShort("fio", "its JSON begins", lines);
  return documents.flatMap((document) => {
    const { data, first } = readDocument(document);
    return data.jobs.map((job) => {
      if (job.error !== 0)
        throw new TareError("TOOL_FAILED", `fio's job ${job.jobname} ended with error ${job.error}.`);
      const sides = (["read", "write"] as const).flatMap((side) => readSide(side, job[side], first));
      if (sides.length === 0) throw unreadable("fio", `job ${job.jobname} did no I/O`, first);
      const block = blockBytes ?? sizeOf(job["job options"]?.bs ?? data["global options"]?.bs);
      return fioReading(sides, block, blockBytes === null ? [`job ${job.jobname}`] : []);
    });
  });
}

/** fio writes the braces of a document alone on their lines and indents all that is inside. */
function documentsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const documents: Line[][] = [];
  let open: Line[] | null = null;
  for (const line of lines) {
    const text = line.text.trimEnd();
    if (text === "{") {
      if (open !== null) throw unreadable("fio", "a second JSON document starts inside the first", line);
      open = [];
    }
    open?.push(line);
    if (text === "}" && open !== null) {
      documents.push(open);
      open = null;
    }
  }
  if (open !== null) throw cutShort("fio", "its JSON is closed", lines);
  return documents;
}

function readDocument(lines: readonly Line[]): { data: z.infer<typeof documentSchema>; first: Line } {
  const first = lines[0] ?? { number: 1, text: "", complete: false };
  let json: unknown;
  try {
    json = JSON.parse(lines.map((line) => line.text).join("\n"));
  } catch (error) {
    throw unreadable("fio", "its JSON is damaged", damagedLine(lines, error) ?? first);
  }
  const result = documentSchema.safeParse(json);
  if (result.success) return { data: result.data, first };
  throw unreadable("fio", schemaReason(result.error), first);
}

/** The line that JSON.parse stumbled over, where its message tells. */
function damagedLine(lines: readonly Line[], error: unknown): Line | undefined {
  const place = /line (\d+)/.exec(error instanceof Error ? error.message : "");
  return place === null ? undefined : lines[Number(place[1]) - 1];
}

function readSide(side: FioSide["side"], data: z.infer<typeof sideSchema>, line: Line): readonly FioSide[] {
  if (data.total_ios === 0) return [];
  const { N, mean, percentile, bins } = data.clat_ns;
  const rows = Object.entries(bins ?? {})
    .map(([nanoseconds, count]) => [Number(nanoseconds), count] as const)
    .toSorted((a, b) => a[0] - b[0]);
  if (bins !== undefined && rows.reduce((sum, [, count]) => sum + count, 0) !== N)
    throw unreadable("fio", `the bins of ${side} do not add up to its ${N} completions`, line);
  const at = (key: string): number | null =>
    percentile?.[key] === undefined ? null : percentile[key] / 1000;
  return [
    {
      side,
      iops: data.iops,
      bytesPerSecond: data.bw_bytes,
      latency: N === 0 ? null : { mean: mean / 1000, p50: at("50.000000"), p99: at("99.000000") },
      distribution:
        rows.length === 0
          ? null
          : { values: rows.map(([value]) => value / 1000), counts: rows.map(([, count]) => count) },
    },
  ];
}

/** fio's `4k`, `1m`, `1048576`; its default is 4 KiB. */
function sizeOf(text: string | undefined): number {
  const found = /^(\d+)([kmg]?)i?b?/i.exec(text ?? "4k");
  if (found === null) return 4096;
  const power = ["", "k", "m", "g"].indexOf((found[2] ?? "").toLowerCase());
  return Number(found[1]) * 1024 ** power;
}
