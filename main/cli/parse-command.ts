// `tare parse <workload> <file>`: the measurements in a tool's raw output, for checking a number by hand.
import { readFile } from "node:fs/promises";
import { TareError } from "#shared/model/error.ts";
import type { Reading } from "#shared/model/measurement.ts";
import { workloadNameSchema, workloadNames } from "#shared/model/workload.ts";
import { significant } from "#shared/report/number.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { exitCodes } from "./exit-code.ts";

/** Throws TareError INPUT_INVALID, NOT_FOUND, OUTPUT_UNREADABLE. */
export async function parseCommand(workloadName: string, file: string, json: boolean): Promise<number> {
  const name = workloadNameSchema.safeParse(workloadName);
  if (!name.success) {
    throw new TareError(
      "INPUT_INVALID",
      `There is no workload ${workloadName}. Known are: ${workloadNames.join(", ")}.`,
    );
  }
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new TareError("NOT_FOUND", `The file ${file} cannot be read.`, { cause });
  });
  const readings = workloads[name.data].parseFile(text);
  process.stdout.write(
    json ? `${JSON.stringify(readings, null, 2)}\n` : readings.map(readingText).join("\n"),
  );
  return exitCodes.ok;
}

function readingText(reading: Reading, index: number): string {
  const lines = reading.measurements.map(
    ({ metric, value, unit }) => `  ${metric.padEnd(32)} ${significant(value, 6).padStart(14)} ${unit}`,
  );
  return [`reading ${index + 1}`, ...lines, ...reading.remarks.map((remark) => `  ${remark}`), ""].join("\n");
}
