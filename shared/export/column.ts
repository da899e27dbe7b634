// A table for other programs: columns with type, unit and meaning; CSV and Parquet are written from the same ones.

/** `json`: text that holds JSON. `time`: an instant, ISO 8601 in UTC. `count`: a whole number of at most 32 bits. */
export type ColumnType = "text" | "json" | "number" | "count" | "flag" | "time";

export type CellValue = string | number | boolean | null;

export interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Null where the values have none, or the column `unit` names it line by line. */
  readonly unit: string | null;
  readonly description: string;
  readonly value: (row: Row) => CellValue;
}

type Meaning = Partial<Pick<Column<never>, "unit" | "nullable">>;

/** A column that reads the field of its own name. */
export function field<Name extends string>(
  name: Name,
  type: ColumnType,
  description: string,
  { unit = null, nullable = false }: Meaning = {},
): Column<Readonly<Record<Name, CellValue>>> {
  return { name, type, nullable, unit, description, value: (row) => row[name] };
}
