// What an exit status of `tare` means; stable, for scripts.
import type { ErrorCode, Failure } from "#shared/model/error.ts";

export const exitCodes = {
  ok: 0,
  /** The work ended, but not everything was measured. */
  incomplete: 1,
  /** Bad input: nothing was done. */
  usage: 2,
  /** A host could not be reached, trusted or logged in to. */
  connection: 3,
  /** Something failed on the way. */
  failed: 4,
  /** Cancelled by the person. */
  cancelled: 130,
} as const;

export const exitHelp = [
  "Exit status:",
  `  ${exitCodes.ok}    all was done`,
  `  ${exitCodes.incomplete}    the work ended, but not everything was measured`,
  `  ${exitCodes.usage}    bad input; nothing was done`,
  `  ${exitCodes.connection}    a host could not be reached, trusted or logged in to`,
  `  ${exitCodes.failed}    something failed on the way`,
  `  ${exitCodes.cancelled}  cancelled`,
].join("\n");

const byCode: Partial<Record<ErrorCode, number>> = {
  INPUT_INVALID: exitCodes.usage,
  NOT_FOUND: exitCodes.usage,
  ADDRESS_UNREACHABLE: exitCodes.connection,
  HOST_KEY_UNKNOWN: exitCodes.connection,
  HOST_KEY_CHANGED: exitCodes.connection,
  HOST_KEY_REVOKED: exitCodes.connection,
  AUTHENTICATION_FAILED: exitCodes.connection,
  SECRET_MISSING: exitCodes.connection,
  CANCELLED: exitCodes.cancelled,
};

export function exitCodeOf(failure: Failure): number {
  return byCode[failure.code] ?? exitCodes.failed;
}
