// The closed set of errors that a person can meet, and the one type that carries them.
import { z } from "zod";

/** Every code, with what it means. The sentence shown to a person is made where the error is raised. */
export const errorCodes = {
  INPUT_INVALID: "a value that was given cannot be used",
  NOT_FOUND: "the thing that was named does not exist",
  ADDRESS_UNREACHABLE: "the host could not be reached",
  HOST_KEY_UNKNOWN: "the host's key is not known and was not accepted",
  HOST_KEY_CHANGED: "the host's key is not the one that was accepted before",
  HOST_KEY_REVOKED: "the host's key is marked as revoked",
  AUTHENTICATION_FAILED: "the host refused every way to log in",
  SECRET_MISSING: "a passphrase or password is needed and was not given",
  LINK_LOST: "the connection ended before the outcome was known",
  ROOT_REFUSED: "the command needs root and the host does not grant it",
  TOOL_MISSING: "a program that is needed is not installed",
  TOOL_FAILED: "a program ended with an error",
  OUTPUT_UNREADABLE: "a tool printed something that is not its known format",
  TIME_LIMIT: "the time limit passed",
  CANCELLED: "the work was cancelled",
  DISK_FULL: "there is not enough space",
  HOST_BUSY: "another campaign measures on this host",
  CHANGE_FAILED: "a change of a host did not take effect",
  UNDO_FAILED: "a change of a host could not be undone",
  UNSUPPORTED: "the host does not offer what the configuration asks for",
  CAMPAIGN_DAMAGED: "a campaign's folder cannot be read",
  BUSY: "the same thing is already under way",
  INTERNAL: "Tare itself failed",
} as const;

export type ErrorCode = keyof typeof errorCodes;

const errorCodeSchema = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** An error as it is stored in events and sent to the window. */
export const failureSchema = z.strictObject({
  code: errorCodeSchema,
  /** What happened, on which machine, and what to do: whole sentences, no secrets. */
  message: z.string(),
  /** Name of the machine, where one is concerned. */
  host: z.string().optional(),
  /** What the program printed, cut to some lines, where a program is concerned. */
  detail: z.string().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** The one exception of Tare. `message` is fit to be shown. */
export class TareError extends Error {
  readonly failure: Failure;

  constructor(
    code: ErrorCode,
    message: string,
    rest: { host?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: rest.cause });
    this.name = "TareError";
    this.failure = {
      code,
      message,
      ...(rest.host === undefined ? {} : { host: rest.host }),
      ...(rest.detail === undefined ? {} : { detail: rest.detail }),
    };
  }

  get code(): ErrorCode {
    return this.failure.code;
  }
}

/** Any thrown value as a `Failure`; aborts become CANCELLED, what Tare did not foresee becomes INTERNAL. */
export function toFailure(error: unknown): Failure {
  if (error instanceof TareError) return error.failure;
  if (error instanceof Error && error.name === "AbortError")
    return { code: "CANCELLED", message: "Cancelled." };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL", message: `Tare failed in a way it did not foresee: ${message}` };
}
