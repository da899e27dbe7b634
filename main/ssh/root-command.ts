// The one door to root on a host: the allow-list before, and what sudo says afterwards.
import { TareError } from "#shared/model/error.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";

/** `root`: the account is root. `sudo`: through `sudo -n`. `own`: a guest that Tare made, where the list does not apply. */
export type Become = "root" | "sudo" | "own";

/** Throws INTERNAL for a command that Tare must not run as root. */
export function checkRootCommand(argv: readonly string[], scripts: string, name: string): void {
  const refusal = rootRefusal({ argv: [...argv] }, scripts);
  if (refusal !== null) throw new TareError("INTERNAL", `Not run on ${name}: ${refusal}`, { host: name });
}

/** Throws ROOT_REFUSED when the end of a command run through sudo was sudo's own refusal. */
export function checkSudo(status: number, stderr: string, name: string, user: string): void {
  const refused = status === 1 && /^(sudo: |Sorry, user |.* is not in the sudoers file)/m.test(stderr);
  const missing = (status === 127 || status === 126) && /sudo/.test(stderr);
  if (!refused && !missing) return;
  throw new TareError(
    "ROOT_REFUSED",
    missing
      ? `${name} has no sudo. Install it, or log in as root.`
      : `${name} does not grant root without a password. Add this line to /etc/sudoers.d/tare on the host (with visudo -f): ${user} ALL=(root) NOPASSWD: ALL`,
    { host: name, detail: stderr.split("\n").slice(0, 5).join("\n") },
  );
}
