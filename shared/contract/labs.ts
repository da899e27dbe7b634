// Labs: their settings, their connection, their facts.
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { deviceProofSchema } from "../model/device-proof.ts";
import { failureSchema } from "../model/error.ts";
import { factsSchema } from "../model/facts.ts";
import { endpointSchema, hostRoleSchema, labSchema } from "../model/lab.ts";
import { hostMendSchema } from "../model/mend.ts";
import { devicePathSchema, idSchema } from "../model/text.ts";
import { base } from "./app.ts";
import { reachRequestSchema, reachStepSchema } from "./reach.ts";

/** One step of a connection test, sent when it begins and again when it ends. */
export const connectionStepSchema = z.strictObject({
  host: hostRoleSchema,
  /** "reach", "host key", "log in", "root", "data address", "changes", "controller lock". */
  step: z.string(),
  status: z.enum(["running", "ok", "failed"]),
  text: z.string(),
  failure: failureSchema.optional(),
});
export type ConnectionStep = z.infer<typeof connectionStepSchema>;

/** A `Host` entry of ~/.ssh/config, resolved. */
export const sshConfigEntrySchema = z.strictObject({
  alias: z.string(),
  endpoint: endpointSchema,
  jump: endpointSchema.optional(),
});
export type SshConfigEntry = z.infer<typeof sshConfigEntrySchema>;

const labId = z.strictObject({ labId: idSchema });

/** Facts of a lab's hosts as they were last probed. */
export const labFactsSchema = z.strictObject({
  sut: factsSchema.nullable(),
  loadgen: factsSchema.nullable(),
});
export type LabFacts = z.infer<typeof labFactsSchema>;

/** What is told while a host is mended: what its program prints, how it ended, and what the hosts are afterwards. */
export const mendEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("line"), text: z.string() }),
  /** `text`: one sentence. */
  z.strictObject({ kind: z.literal("ended"), ok: z.boolean(), text: z.string() }),
  z.strictObject({ kind: z.literal("probed"), facts: labFactsSchema }),
]);
export type MendEvent = z.infer<typeof mendEventSchema>;

const mendInput = z.strictObject({ labId: idSchema, role: hostRoleSchema, mend: hostMendSchema });

export const labsContract = {
  list: base.output(z.strictObject({ labs: z.array(labSchema), errors: z.array(failureSchema) })),
  /** Adds a lab, or replaces the one with the same id. */
  save: base.input(labSchema).output(labSchema),
  remove: base.input(labId).output(z.strictObject({})),
  /** Tries both hosts; host keys and secrets are asked for through `prompts`. */
  test: base.input(labId).output(eventIterator(connectionStepSchema)),
  /** Probes both hosts now and stores what was found. */
  probe: base.input(labId).output(labFactsSchema),
  /** The stored facts. */
  facts: base.input(labId).output(labFactsSchema),
  /** The very command of a mend on that host, as it would be typed; touches no host. */
  mendPreview: base.input(mendInput).output(z.strictObject({ text: z.string() })),
  /**
   * Installs packages, starts a service or loads a module on a host, and probes it again. It stays as it is afterwards.
   * Refused while a campaign measures there. Looking away leaves the work to finish by itself.
   */
  mend: base.input(mendInput).output(eventIterator(mendEventSchema)),
  /** Looks now whether a block device of the SUT may be overwritten; writes nothing to it. */
  device: base.input(z.strictObject({ labId: idSchema, path: devicePathSchema })).output(deviceProofSchema),
  /** Tries both hosts for one networking mode: addresses, MTU, ports. Leaves nothing on them. */
  reach: base.input(reachRequestSchema).output(eventIterator(reachStepSchema)),
  sshConfig: base.output(
    z.strictObject({ entries: z.array(sshConfigEntrySchema), remarks: z.array(z.string()) }),
  ),
};
