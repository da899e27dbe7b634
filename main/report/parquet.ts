// Tables as Parquet: types and nulls as the columns say, row by row from any source, one row group in memory at a time.
import { ByteWriter, parquetWriteRows } from "hyparquet-writer";
import type { SchemaElement, Writer } from "hyparquet-writer";
import type { CellValue, Column, ColumnType } from "#shared/export/column.ts";

export interface ParquetTable<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** Name of the table, for its metadata: `measurements`. */
  readonly table: string;
  readonly createdBy: string;
}

/** Rows of a group: enough to compress well, few enough to be read one by one. */
const rowGroupSize = 50_000;

/**
 * Writes the table; resolves when all is written. `tare:columns` of the file's metadata is JSON with type, unit and
 * description of each column.
 */
async function writeParquet<Row>(writer: Writer, table: ParquetTable<Row>): Promise<void> {
  const { columns, rows, createdBy } = table;
  await parquetWriteRows({
    writer,
    rows: cellsOf(columns, rows),
    columns: columns.map(({ name }) => ({ name })),
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(elementOf)],
    rowGroupSize,
    createdBy,
    kvMetadata: [
      { key: "tare:schema", value: `tare-${table.table}/1` },
      {
        key: "tare:columns",
        value: JSON.stringify(
          Object.fromEntries(
            columns.map(({ name, type, unit, description }) => [name, { type, unit, description }]),
          ),
        ),
      },
    ],
  });
}

export async function parquetBytes<Row>(table: ParquetTable<Row>): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter();
  await writeParquet(writer, table);
  return new Uint8Array(writer.getBuffer());
}

async function* cellsOf<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rows)
    yield Object.fromEntries(columns.map(({ name, type, value }) => [name, cellOf(type, value(row))]));
}

function cellOf(type: ColumnType, value: CellValue): unknown {
  return type === "time" && value !== null ? new Date(String(value)) : value;
}

function elementOf<Row>({ name, type, nullable }: Column<Row>): SchemaElement {
  return { name, repetition_type: nullable ? "OPTIONAL" : "REQUIRED", ...physical[type] };
}

const utf8 = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } } as const;

const physical: Readonly<Record<ColumnType, Omit<SchemaElement, "name">>> = {
  text: utf8,
  // As text: not every reader knows the logical type JSON.
  json: utf8,
  number: { type: "DOUBLE" },
  count: { type: "INT32" },
  flag: { type: "BOOLEAN" },
  time: {
    type: "INT64",
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
};
