// Failures after which a campaign cannot go on, told apart from those that belong to one run or one environment.
import type { ErrorCode, Failure } from "#shared/model/error.ts";

const codes: ReadonlySet<ErrorCode> = new Set([
  "CANCELLED",
  "LINK_LOST",
  "HOST_BUSY",
  "HOST_KEY_CHANGED",
  "HOST_KEY_REVOKED",
  "HOST_KEY_UNKNOWN",
  "AUTHENTICATION_FAILED",
  "SECRET_MISSING",
  "UNDO_FAILED",
]);

/** True also for a full disk of this computer; a full disk of a host names the host and is that run's failure. */
export function isFatal({ code, host }: Failure): boolean {
  return codes.has(code) || (code === "DISK_FULL" && host === undefined);
}
