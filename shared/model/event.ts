// The journal of a campaign: one event a line of events.jsonl. Everything else is computed from it.
import { z } from "zod";
import { changeRecordSchema } from "./change.ts";
import { failureSchema } from "./error.ts";
import { evidenceItemSchema, networkPathSchema } from "./evidence.ts";
import { machineSchema } from "./lab.ts";
import { measurementSchema } from "./measurement.ts";
import { idSchema, timeSchema } from "./text.ts";

const head = { seq: z.number().int().positive(), at: timeSchema };
const seconds = z.number().nonnegative();
const runId = z.string();

const runOutcomeSchema = z.enum(["ok", "failed", "cancelled"]);

/** The phases of a run, in order. */
export const runPhaseSchema = z.enum(["prepare", "server", "warm-up", "measure", "finish"]);
export type RunPhase = z.infer<typeof runPhaseSchema>;

const bodies = {
  "campaign-created": { name: z.string(), plannedRuns: z.number().int().nonnegative() },
  /** A process took the campaign up: at its start and at every resume. */
  "session-started": { pid: z.number().int(), tare: z.string(), resumed: z.boolean() },
  stage: {
    /** What goes on outside of runs: "preflight", "userland", "environment kvm-default". */
    name: z.string(),
    /** Progress in words and as a share where it is known. */
    text: z.string(),
    share: z.number().min(0).max(1).optional(),
  },
  /** What all sessions share: where userland and kernels are, and how guests run. */
  equipped: {
    userlandFolder: z.string(),
    kernelFolders: z.strictObject({ sut: z.string(), loadgen: z.string() }),
    accelerator: z.enum(["kvm", "tcg"]),
  },
  "facts-recorded": {
    machine: machineSchema,
    container: z.string().nullable(),
    moment: z.enum(["before", "after", "environment"]),
    file: z.string(),
    slot: z.string().nullable(),
  },
  change: { record: changeRecordSchema, failure: failureSchema.optional() },
  "environment-started": {
    block: z.number().int(),
    slot: z.string(),
    seconds,
    accelerator: z.enum(["none", "kvm", "tcg"]),
    serverAddress: z.string(),
    /** From the command that starts the container or guest to the first answer on its port, by the SUT's clock; null where it could not be measured. */
    startUp: z.strictObject({ seconds, commandSeconds: seconds }).nullable().optional(),
  },
  "environment-failed": { block: z.number().int(), slot: z.string(), failure: failureSchema },
  "environment-stopped": { block: z.number().int(), slot: z.string() },
  "run-started": { runId, attempt: z.number().int().positive() },
  /** Journalled before the job is started, so that a resume asks the machine for it. */
  "run-phase": { runId, phase: runPhaseSchema, machine: machineSchema, job: z.string(), command: z.string() },
  "run-ended": {
    runId,
    attempt: z.number().int().positive(),
    outcome: runOutcomeSchema,
    measurements: z.array(measurementSchema),
    remarks: z.array(z.string()),
    /** How long the measured program ran on its machine. */
    toolSeconds: seconds,
    /** How long the run took as a whole, Tare's own work included. */
    totalSeconds: seconds,
    emulated: z.boolean(),
    failure: failureSchema.optional(),
  },
  /** Comes after `run-ended` of a run that succeeded; `measurements` are those that need the hosts' counters. */
  "run-evidence": {
    runId,
    attempt: z.number().int().positive(),
    items: z.array(evidenceItemSchema),
    measurements: z.array(measurementSchema),
  },
  /** The lab does not offer what the cell needs: it is not run, and no failure. */
  "cell-refused": { slot: z.string(), conditionId: idSchema, reason: z.string() },
  "network-path": networkPathSchema.shape,
  /** Five failures in a row: the cell is not tried again. */
  "cell-stopped": { slot: z.string(), conditionId: idSchema, failures: z.number().int() },
  "sampler-cost": { machine: machineSchema, cpuShare: z.number().nonnegative() },
  "link-lost": { machine: machineSchema, message: z.string() },
  "link-restored": { machine: machineSchema, seconds },
  paused: {},
  resumed: {},
  "cancel-requested": {},
  "hosts-compared": {
    machine: machineSchema,
    differences: z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string() })),
  },
  remark: { text: z.string() },
  "campaign-ended": {
    outcome: z.enum(["complete", "incomplete", "cancelled", "failed"]),
    failure: failureSchema.optional(),
  },
} as const;

type Bodies = typeof bodies;
export type EventType = keyof Bodies;

function schemaOf<T extends EventType>(type: T) {
  return z.strictObject({ ...head, type: z.literal(type), ...bodies[type] });
}

export const eventSchema = z.discriminatedUnion("type", [
  schemaOf("campaign-created"),
  schemaOf("session-started"),
  schemaOf("stage"),
  schemaOf("equipped"),
  schemaOf("facts-recorded"),
  schemaOf("change"),
  schemaOf("environment-started"),
  schemaOf("environment-failed"),
  schemaOf("environment-stopped"),
  schemaOf("run-started"),
  schemaOf("run-phase"),
  schemaOf("run-ended"),
  schemaOf("run-evidence"),
  schemaOf("cell-refused"),
  schemaOf("network-path"),
  schemaOf("cell-stopped"),
  schemaOf("sampler-cost"),
  schemaOf("link-lost"),
  schemaOf("link-restored"),
  schemaOf("paused"),
  schemaOf("resumed"),
  schemaOf("cancel-requested"),
  schemaOf("hosts-compared"),
  schemaOf("remark"),
  schemaOf("campaign-ended"),
]);
export type CampaignEvent = z.infer<typeof eventSchema>;

/** An event before the journal gives it its number and time. */
type WithoutHead<E> = E extends CampaignEvent ? Omit<E, "seq" | "at"> : never;
export type EventBody = WithoutHead<CampaignEvent>;
