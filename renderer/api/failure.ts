// Any error that a call, a stream or a fetch can end with, as a Failure to show.
import { ORPCError } from "@orpc/client";
import { failureSchema, toFailure, type Failure } from "#shared/model/error.ts";
import { useConnection } from "#renderer/stores/connection-store.ts";

export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const carried = failureSchema.safeParse(error.data);
    if (carried.success) return carried.data;
    if (error.code === "BAD_REQUEST")
      return {
        code: "INPUT_INVALID",
        message: "The core refused a value that the window sent.",
        detail: JSON.stringify(error.data, null, 2),
      };
    return { code: "INTERNAL", message: `The core failed: ${error.message}` };
  }
  const failure = toFailure(error);
  const lost = useConnection.getState().status !== "connected";
  return lost && (failure.code === "CANCELLED" || failure.code === "INTERNAL") ? connectionLost : failure;
}

/** The core answered: asking again will not change it. Anything else is a connection that dropped. */
export function isFinal(error: unknown): boolean {
  return error instanceof ORPCError;
}

const connectionLost: Failure = {
  code: "LINK_LOST",
  message:
    "The connection between this window and the core was lost before the answer came. " +
    "What was asked for may have been done; the page shows the state once the connection is back.",
};

/** A failure as text for the clipboard or a report. */
export function failureText(failure: Failure): string {
  const head = `${failure.code}${failure.host === undefined ? "" : ` on ${failure.host}`}: ${failure.message}`;
  return failure.detail === undefined ? head : `${head}\n\n${failure.detail}`;
}
