// Messages at fields where a schema brings none of its own.
import type { z } from "zod";

/** zod's own text names types; people are told what the field must be. */
export function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    if (issue.input === undefined || issue.input === "") return "must be given";
    return issue.expected === "number" || issue.expected === "int"
      ? "must be a whole number"
      : `must be a ${issue.expected}`;
  }
  if (issue.code === "too_small" && issue.origin === "array") return "must have at least one entry";
  if (issue.code === "too_small") return `must be at least ${issue.minimum}`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}`;
  return undefined;
}
