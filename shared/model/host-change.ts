// A change that is in force on a host, or may be, as a look at the host finds it: whose it is, and what holds now.
import { z } from "zod";
import { campaignStatusSchema } from "./campaign-status.ts";
import { changeRecordSchema } from "./change.ts";
import { hostRoleSchema } from "./lab.ts";
import { idSchema, timeSchema } from "./text.ts";

/** Names a change on a host; the id alone counts anew in every campaign. */
export const changeKeySchema = z.strictObject({ campaignId: idSchema, id: idSchema });
export type ChangeKey = z.infer<typeof changeKeySchema>;

/** Who made a change. */
export const changeOwnerSchema = z.strictObject({
  campaignId: idSchema,
  /** `unknown`: a campaign that is not in this library, as another computer's is. */
  kind: z.enum(["campaign", "by-hand", "unknown"]),
  /** Name of the campaign; null where it is not in this library. */
  name: z.string().nullable(),
  /** The campaign's status in this library. `running`: a process of this computer is at it. */
  status: campaignStatusSchema.nullable(),
});
export type ChangeOwner = z.infer<typeof changeOwnerSchema>;

/**
 * `holds`: as Tare set it. `drifted`: somebody set it to something else since (docs/decisions/004-undo-after-drift.md).
 * `back`: as before already. `unfinished`: applying or undoing it was cut short, so it may be in any state. `covered`: a later change of
 * Tare's set the same thing again. `gone`: the host no longer offers it. `unread`: the look at it failed.
 */
export const changeStateSchema = z.enum([
  "holds",
  "drifted",
  "back",
  "unfinished",
  "covered",
  "gone",
  "unread",
]);
export type ChangeState = z.infer<typeof changeStateSchema>;

export const hostChangeSchema = z.strictObject({
  record: changeRecordSchema,
  owner: changeOwnerSchema,
  state: changeStateSchema,
  /** What the probe prints now; null where it is `gone` or `unread`. */
  now: z.string().nullable(),
  /** The later change that set the same thing again; null where none did. */
  coveredBy: changeKeySchema.nullable(),
  /** Commands that undo it, as a POSIX shell would accept them. */
  undo: z.array(z.string()),
});
export type HostChange = z.infer<typeof hostChangeSchema>;

/** Changes of Tare's that no running campaign of this computer owns, as they were found when the application connected. */
export const foundChangesSchema = z.strictObject({
  role: hostRoleSchema,
  host: z.string(),
  foundAt: timeSchema,
  changes: z.array(
    z.strictObject({ key: changeKeySchema, title: z.string(), since: timeSchema, owner: changeOwnerSchema }),
  ),
});
export type FoundChanges = z.infer<typeof foundChangesSchema>;
