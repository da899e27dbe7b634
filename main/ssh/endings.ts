// Small helpers about how remote work ends.
import { TareError } from "#shared/model/error.ts";

/** The promise's value; an abort, also that of AbortSignal.timeout, becomes TareError CANCELLED. */
export async function orCancelled<T>(name: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof Error) || !["AbortError", "TimeoutError"].includes(error.name)) throw error;
    throw new TareError("CANCELLED", `The work on ${name} was cancelled.`, { host: name, cause: error });
  }
}

/** The last lines a program printed, fit for an error. */
export function lastLines(text: string, count = 10): string {
  return text.trimEnd().split("\n").slice(-count).join("\n").slice(-4000);
}
