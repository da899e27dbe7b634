// Exports read back: CSV by a parser of RFC 4180, Parquet by hyparquet, JSON by its schema; of the recorded campaign and the paper.
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { rootFolder } from "#main/installation.ts";
import { exportFormats } from "#main/report/export-formats.ts";
import { readCampaignSource } from "#main/report/campaign-source.ts";
import { parquetBytes } from "#main/report/parquet.ts";
import { sampleRows } from "#main/report/sample-source.ts";
import { field, type CellValue, type Column } from "#shared/export/column.ts";
import { csvText } from "#shared/export/csv.ts";
import { exportSchema } from "#shared/export/export-json.ts";
import { measurementColumns, measurementRows } from "#shared/export/measurement-rows.ts";
import { sampleColumns, type SampleRow } from "#shared/export/sample-rows.ts";
import { summaryColumns } from "#shared/export/summary-rows.ts";

const paths = {
  campaigns: join(rootFolder, "test/fixtures/campaigns"),
  assets: join(rootFolder, "assets"),
  renderer: join(rootFolder, "out/renderer"),
};
const recorded = "demo-229c51";

/** RFC 4180, section 2; null for a cell with nothing in it, "" for a quoted one. */
function parsedCsv(text: string): (string | null)[][] {
  const lines: (string | null)[][] = [];
  let cells: (string | null)[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new Error(`no CSV from ${at} on: ${text.slice(at, at + 80)}`);
    const [, quoted, bare = "", end] = match;
    cells.push(quoted !== undefined ? quoted.replaceAll('""', '"') : bare === "" ? null : bare);
    if (end === ",") continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

interface AnyRow {
  readonly text: string | null;
  readonly number: number | null;
  readonly flag: boolean | null;
  readonly 'a,"b': string;
}

const anyColumns: readonly Column<AnyRow>[] = [
  field("text", "text", "", { nullable: true }),
  field("number", "number", "", { nullable: true }),
  field("flag", "flag", "", { nullable: true }),
  field('a,"b', "text", ""),
];

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", '"', '""', ",", "\r\n", "\n", "=1+1", "a\rb"),
);
const anyRow = fc.record({
  text: fc.option(nasty),
  number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  flag: fc.option(fc.boolean()),
  'a,"b': nasty,
});

test("CSV gives every text, number, flag and null back", () => {
  fc.assert(
    fc.property(fc.array(anyRow), (rows) => {
      const [names, ...lines] = parsedCsv(csvText(anyColumns, rows));
      expect(names).toEqual(anyColumns.map(({ name }) => name));
      expect(lines).toEqual(
        rows.map((row) => anyColumns.map(({ value }) => (value(row) === null ? null : String(value(row))))),
      );
    }),
  );
});

test("Parquet gives every text, number, flag, instant and null back", async () => {
  const timed: readonly Column<AnyRow>[] = [
    ...anyColumns,
    {
      ...field("at", "time", ""),
      nullable: true,
      value: ({ flag }) => (flag === true ? "2026-01-02T03:04:05.678Z" : null),
    },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async (rows) => {
      const bytes = await parquetBytes({ table: "any", columns: timed, rows, createdBy: "test" });
      const read = await parquetReadObjects({ file: bytes.buffer });
      expect(read.map((row) => ({ ...row }))).toEqual(
        rows.map((row) => ({ ...row, at: row.flag === true ? new Date("2026-01-02T03:04:05.678Z") : null })),
      );
    }),
    { numRuns: 40 },
  );
});

describe.each([recorded, "felter-2014"])("%s", (id) => {
  test("the measurements are the same in CSV and Parquet, with types, units and meanings", async () => {
    const { dataset, measured } = await readCampaignSource(paths, id);
    const rows = measurementRows(dataset, measured);
    const samples = dataset.points.reduce((sum, point) => sum + (point.samples?.length ?? 0), 0);
    const failed = [...(measured?.state.runs.values() ?? [])].filter(({ status }) => status !== "ok").length;
    expect(rows).toHaveLength(samples + failed);
    const [, ...lines] = parsedCsv(await exportFormats.csv.make(paths, id));
    expect(lines).toHaveLength(rows.length);

    const bytes = await exportFormats.parquet.make(paths, id, "1.2.3");
    const meta = await parquetMetadataAsync(bytes.buffer);
    expect(Number(meta.num_rows)).toBe(rows.length);
    expect(meta.created_by).toBe("tare version 1.2.3");
    const about = meta.key_value_metadata?.find(({ key }) => key === "tare:columns")?.value ?? "{}";
    expect(JSON.parse(about)).toMatchObject({
      seconds: { type: "number", unit: "s" },
      value: { unit: null },
    });
    const read = await parquetReadObjects({ file: bytes.buffer });
    const cells = rows.map((row) =>
      Object.fromEntries(
        measurementColumns.map(({ name, type, value }): [string, CellValue | Date] => {
          const cell = value(row);
          return [name, type === "time" && cell !== null ? new Date(String(cell)) : cell];
        }),
      ),
    );
    // Thousands of rows: a matcher that explains takes seconds.
    expect(isDeepStrictEqual(read, cells)).toBe(true);
  });

  test("everything as JSON follows its schema", async () => {
    const text = await exportFormats.json.make(paths, id, "1.2.3");
    const { schema, measurements, summary, claims, distributions } = exportSchema.parse(JSON.parse(text));
    expect(schema).toBe("tare-export/1");
    expect(measurements.length * summary.length * distributions.length).toBeGreaterThan(0);
    expect(claims).toHaveLength(98);
  });

  test("samples hold the seconds of both hosts and the bins of distributions", async () => {
    const source = await readCampaignSource(paths, id);
    const rows: SampleRow[] = [];
    for await (const row of sampleRows(paths, source)) rows.push(row);
    const kinds = new Set(rows.map(({ kind }) => kind));
    expect(kinds.has("distribution")).toBe(true);
    expect(kinds.has("unreadable")).toBe(false);
    if (source.measured !== null) {
      expect(new Set(rows.map(({ machine }) => machine))).toEqual(new Set(["sut", "loadgen", null]));
      const second = rows.find(({ kind, device }) => kind === "cpu" && device === null);
      const shares = Object.entries(second ?? {}).filter(([name]) => name.startsWith("cpu_"));
      expect(shares.reduce((sum, [, share]) => sum + Number(share), 0)).toBeCloseTo(1);
    }
    const bytes = await exportFormats["samples.parquet"].make(paths, id, "1.2.3");
    const read = await parquetReadObjects({ file: bytes.buffer });
    expect(read).toHaveLength(rows.length);
    expect({ ...read.at(-1), sampled: null }).toEqual({ ...rows.at(-1), sampled: null });
  });
});

test("a run that failed is a line without a value, with its reason", async () => {
  const { dataset, measured } = await readCampaignSource(paths, recorded);
  const rows = measurementRows(dataset, measured).filter(({ status }) => status === "failed");
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ run: "b01-kvm-nuttcp-receive", value: null, metric: null });
  expect(rows[0]?.failure).not.toBe("");
});

test("every column is documented", async () => {
  const text = await readFile(join(rootFolder, "docs/data-formats.md"), "utf8");
  for (const { name } of [...measurementColumns, ...summaryColumns, ...sampleColumns])
    expect(text, name).toContain(name.startsWith("cpu_") ? "`cpu_" : `| \`${name}\` |`);
});
