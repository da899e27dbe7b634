// One thing that a host of a lab needs: whether it is there, what needs it, and what makes it good.
import type { HostRole } from "../model/lab.ts";
import type { Mend } from "../model/mend.ts";

export interface PreflightCheck {
  readonly role: HostRole;
  /** Unique on its host. */
  readonly id: string;
  readonly title: string;
  /** `warning`: measuring works, and figures may suffer. `unknown`: the probe does not tell. */
  readonly status: "ok" | "missing" | "unknown" | "warning";
  /** One sentence or two. */
  readonly text: string;
  /** What cannot be measured without it, in words: `nuttcp`, `KVM`, `every run`. */
  readonly neededBy: readonly string[];
  /** Null where nothing is wrong, or nothing that Tare knows makes it good. */
  readonly mend: Mend | null;
}

export const everyRun: readonly string[] = ["every run"];
