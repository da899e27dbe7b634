// A change of a host's state as data: how to look, what to do, how to see that it held, and how to take it back.
import { z } from "zod";
import { commandSchema } from "./command.ts";
import { machineSchema } from "./lab.ts";
import { idSchema, timeSchema } from "./text.ts";

/** Kinds of change; one file each under shared/changes. */
const changeKinds = [
  "cpu-governor",
  "thp",
  "huge-pages",
  "irq-affinity",
  "sysctl",
  "drop-caches",
  "image",
  "container",
  "guest",
  "bridge",
  "address",
  "file",
  "docker-network",
  "docker-proxy",
  "device",
] as const;
const changeKindSchema = z.enum(changeKinds);

/** What an apply or undo does: commands in order, each must exit with 0. */
const stepsSchema = z.array(commandSchema);

export const changeSchema = z.strictObject({
  kind: changeKindSchema,
  /** What is changed, unique on the host: `/sys/kernel/mm/transparent_hugepage/enabled`, `container tare-…`. */
  target: z.string(),
  /** One sentence for people: "Set transparent huge pages to never". */
  title: z.string(),
  /** Prints the state as it is; exit status 3 means "this host does not offer it". */
  probe: commandSchema,
  /**
   * The wanted state, as `probe` prints it (trimmed; its first line where it prints several). Null where its text is not known beforehand (a container's id):
   * then the state must begin with `absent` before the change, and with `present` after it.
   */
  wanted: z.string().nullable(),
  apply: stepsSchema,
  /** Takes back: an argument (or stdin) that is exactly `{before}` is replaced by what the probe printed before the change. */
  undo: stepsSchema,
  /** False for acts that leave no state to restore (dropping caches). */
  lasting: z.boolean(),
});
export type Change = z.infer<typeof changeSchema>;

export const changeStatusSchema = z.enum([
  "journalled",
  "applied",
  "unavailable",
  "failed",
  "undone",
  "undo-failed",
]);
export type ChangeStatus = z.infer<typeof changeStatusSchema>;

/** One line of a change's history, as the journals on the laptop and on the host keep it. */
export const changeRecordSchema = z.strictObject({
  id: idSchema,
  campaignId: idSchema,
  machine: machineSchema,
  change: changeSchema,
  /** What the probe printed before (trimmed). */
  before: z.string(),
  status: changeStatusSchema,
  at: timeSchema,
});
export type ChangeRecord = z.infer<typeof changeRecordSchema>;
