// Reading what a tool printed: numbered lines, strict numbers, and the one error for what cannot be read.
import type { z } from "zod";
import { TareError } from "../model/error.ts";

export interface Line {
  /** Counts from 1. */
  readonly number: number;
  /** Without its end of line. */
  readonly text: string;
  /** False for a last line that no end of line closes: it may be cut. */
  readonly complete: boolean;
}

/** All lines of a text; LF and CRLF both end one. */
export function linesOf(text: string): readonly Line[] {
  const parts = text.split("\n");
  const last = parts.length - 1;
  const lines = parts.map((part, index) => ({
    number: index + 1,
    text: part.endsWith("\r") ? part.slice(0, -1) : part,
    complete: index < last,
  }));
  return lines.at(-1)?.text === "" ? lines.slice(0, -1) : lines;
}

/** The error for output that is not in the tool's known format, naming the first line that could not be read. */
export function unreadable(tool: string, reason: string, line?: Line): TareError {
  const where = line === undefined ? "" : ` Line ${line.number}: "${excerpt(line.text)}".`;
  return new TareError("OUTPUT_UNREADABLE", `The output of ${tool} cannot be read: ${reason}.${where}`);
}

/** The error for output that ends before the results do. */
export function cutShort(tool: string, missing: string, lines: readonly Line[]): TareError {
  const last = lines.at(-1);
  const reason = last === undefined ? "it is empty" : `it ends before ${missing}`;
  return unreadable(tool, reason, last);
}

/** No tool measures more; products and quotients of what is accepted stay finite. */
export const largest = 1e18;
const smallest = 1e-12;

/** A number in plain or exponent notation with a decimal point; anything else is an error, so is what no tool can mean. */
function readNumber(text: string, tool: string, line: Line): number {
  const value = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const size = Math.abs(value);
  if (!(size === 0 || (size >= smallest && size <= largest)))
    throw unreadable(tool, `"${excerpt(text)}" is not a usable number`, line);
  return value;
}

/** As `readNumber`, for quantities that cannot be negative. */
export function readAmount(text: string, tool: string, line: Line): number {
  const value = readNumber(text, tool, line);
  if (value < 0) throw unreadable(tool, `${excerpt(text)} is negative`, line);
  return value;
}

/** The one reading of a run's output; none or several are an error. */
export function onlyOne<T>(found: readonly T[], tool: string, lines: readonly Line[]): T {
  const [first, second] = found;
  if (first === undefined) throw cutShort(tool, "any result", lines);
  if (second !== undefined) throw unreadable(tool, `it holds ${found.length} results, one was expected`);
  return first;
}

/** The first thing that a schema found wrong, in words: `get.count is missing`. */
export function schemaReason(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join(".") ?? "";
  if (issue?.message.endsWith("received undefined") === true) return `${path} is missing`;
  return path === "" ? "its JSON has another form" : `${path} is unusable (${issue?.message})`;
}

function excerpt(text: string): string {
  const printable = text.replaceAll(/\p{Cc}/gu, " ");
  return printable.length > 120 ? `${printable.slice(0, 120)}…` : printable;
}
