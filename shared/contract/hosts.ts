// What Tare has in force on the hosts of a lab: looked at, applied by hand, undone, compared with before.
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { changeRecordSchema } from "../model/change.ts";
import { configurationSchema } from "../model/configuration.ts";
import { failureSchema } from "../model/error.ts";
import {
  changeKeySchema,
  changeOwnerSchema,
  foundChangesSchema,
  hostChangeSchema,
} from "../model/host-change.ts";
import { hostRoleSchema } from "../model/lab.ts";
import { idSchema, timeSchema } from "../model/text.ts";
import { base } from "./app.ts";

/** One host as it was found, or why it was not. */
export const hostLookSchema = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("reached"),
    role: hostRoleSchema,
    host: z.string(),
    lookedAt: timeSchema,
    /** Oldest first. */
    changes: z.array(hostChangeSchema),
    /** Who measures there now, and since when; null where nobody does. */
    busy: failureSchema.nullable(),
  }),
  z.strictObject({
    status: z.literal("failed"),
    role: hostRoleSchema,
    host: z.string(),
    lookedAt: timeSchema,
    failure: failureSchema,
  }),
]);
export type HostLook = z.infer<typeof hostLookSchema>;

/** A setting of a configuration that can be applied without a campaign. */
const settingSchema = z.strictObject({
  title: z.string(),
  target: z.string(),
  /** What applies it and what undoes it, as a POSIX shell would accept it; `{before}` is what was there before. */
  apply: z.array(z.string()),
  undo: z.array(z.string()),
});
export type HostSetting = z.infer<typeof settingSchema>;

/** A setting after it was applied: what was asked for, and what the kernel says. */
const settingCheckSchema = z.strictObject({
  title: z.string(),
  wanted: z.string(),
  now: z.string(),
  holds: z.boolean(),
  /** What more the kernel says: where reserved pages are, and how many of them are free. */
  remarks: z.array(z.string()),
});
export type SettingCheck = z.infer<typeof settingCheckSchema>;

export const applyStepSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("applying"), title: z.string() }),
  /** `already`: the host was so before, and nothing was done. */
  z.strictObject({ kind: z.literal("applied"), record: changeRecordSchema, already: z.boolean() }),
  z.strictObject({ kind: z.literal("unavailable"), title: z.string() }),
  /** The last one: all of it is in force. */
  z.strictObject({ kind: z.literal("checked"), campaignId: idSchema, checks: z.array(settingCheckSchema) }),
]);
export type ApplyStep = z.infer<typeof applyStepSchema>;

export const undoStepSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("undoing"), key: changeKeySchema, title: z.string() }),
  z.strictObject({ kind: z.literal("undone"), key: changeKeySchema, title: z.string() }),
  /** It is in force still, or its state is not known. */
  z.strictObject({
    kind: z.literal("left"),
    key: changeKeySchema,
    title: z.string(),
    failure: failureSchema,
  }),
]);
export type UndoStep = z.infer<typeof undoStepSchema>;

export const hostComparisonSchema = z.strictObject({
  role: hostRoleSchema,
  host: z.string(),
  comparedAt: timeSchema,
  /** Whose facts from before it was compared with; null where there are none on this computer. */
  before: z.strictObject({ owner: changeOwnerSchema, takenAt: timeSchema }).nullable(),
  differences: z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string() })),
});
export type HostComparison = z.infer<typeof hostComparisonSchema>;

const labId = z.strictObject({ labId: idSchema });
const host = labId.extend({ role: hostRoleSchema });
const settings = labId.extend({ configuration: configurationSchema });

export const hostsContract = {
  /** Connects to one host after the other and looks at what Tare has in force there. A host that fails does not hide the other. */
  changes: base.input(labId).output(eventIterator(hostLookSchema)),
  /** What was found when the application connected last, for as long as it runs; goes on with each new look. */
  found: base.input(labId).output(eventIterator(z.array(foundChangesSchema))),
  /** The settings of a configuration that `apply` would apply to the SUT. Touches no host. */
  settings: base.input(settings).output(z.array(settingSchema)),
  /** Applies them now, all or none. Throws HOST_BUSY while a campaign measures there. */
  apply: base.input(settings).output(eventIterator(applyStepSchema)),
  /** Undoes changes, the newest first. Throws HOST_BUSY while a campaign measures there. `overwrite` restores settings that somebody else changed since, too. */
  undo: base
    .input(host.extend({ changes: z.array(changeKeySchema).or(z.literal("all")), overwrite: z.boolean() }))
    .output(eventIterator(undoStepSchema)),
  /** Compares the host as it is now with the facts from before the changes of a campaign (null: of the last one that has such facts). */
  compare: base.input(host.extend({ against: idSchema.nullable() })).output(hostComparisonSchema),
};
